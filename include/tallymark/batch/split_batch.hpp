// Batch codes whose pieces are numbered when stock is split.
#pragma once

#include <tallymark/config.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <tallymark/batch/date_batch.hpp>
#include <tallymark/batch/split_suffix.hpp>
#include <tallymark/error.hpp>
#include <tallymark/ext/detail/appended.hpp>
#include <tallymark/ext/fixed_string.hpp>
#include <tallymark/number/batch_counters.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/policy/concepts.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/policy/traits.hpp>

namespace tallymark {

/// Batch policy: the codes of Base with a suffix that numbers the pieces: `LOT7-000`, and `LOT7-001` for the first
/// child of a split, with the Separator between them.
template <class Base = date_batch<>, class Suffix = split_suffix<3>, fixed_string Separator = "-">
class split_batch {
  static constexpr bool has_base = fills<Base, batch_slot>;  // a placeholder, so that one mistake gives one error
  using policy = std::conditional_t<has_base, Base, date_batch<>>;
  static constexpr std::size_t tail = Separator.size() + Suffix::length;

 public:
  using policy_slot = batch_slot;

  /// Default-constructs Base.
  constexpr split_batch()
    requires std::default_initializable<policy>
  = default;
  /// Uses this policy as Base.
  constexpr explicit split_batch(policy base) : base_(std::move(base)) {}

  /// Appends the code of Base with the suffix of an unsplit batch. Nothing if Base writes nothing. Errors: those of
  /// Base; text_too_long if there is no room for the suffix. The complexity is that of Base.
  template <class Record>
    requires(!has_base || batch_policy_for<Base, Record>)
  [[nodiscard]] constexpr result<void> format(std::string& out, const Record& record, batch_counters& counters) const {
    out.reserve(out.size() + max_text);  // first: Base may take a number, which must not be lost if memory runs out
    detail::appended code(out);
    if (const auto written = format_batch(base_, out, record, counters); !written) return written;
    if (code.size() == 0) return {};
    if (code.size() + tail > max_text) return fail(errc::text_too_long);
    out += Separator.view();
    if (const auto written = Suffix::append(out, 0); !written) return written;
    code.keep();
    return {};
  }

  /// A valid code is a code of Base, the separator and a suffix. Errors: not_a_batch at a wrong separator or suffix, or
  /// over a code that is too short for them; those of Base. O(length), and what Base needs.
  [[nodiscard]] constexpr result<void> validate(std::string_view code) const {
    const auto stem = stem_of(code);
    if (!stem) return unexpected(stem.error());
    if (const auto checked = validate_batch(base_, *stem); !checked) return unexpected(checked.error());
    return {};
  }

  /// Appends the code of the n-th piece of the batch to which `code` belongs. Errors: not_a_batch at a wrong separator
  /// or suffix; sequence_exhausted if n exceeds the capacity of the suffix. O(length).
  [[nodiscard]] constexpr result<void> split_code(std::string& out, std::string_view code, std::uint64_t n) const {
    const auto stem = stem_of(code);
    if (!stem) return unexpected(stem.error());
    if (n > Suffix::capacity) return fail(errc::sequence_exhausted);
    detail::appended code_of_piece(out);
    out.append(*stem).append(Separator.view());
    if (const auto written = Suffix::append(out, n); !written) return written;
    code_of_piece.keep();
    return {};
  }

  /// The piece number of a code, 0 if it was never split. Errors: not_a_batch. O(length).
  [[nodiscard]] static constexpr result<std::uint64_t> piece(std::string_view code) {
    const auto stem = stem_of(code);
    if (!stem) return unexpected(stem.error());
    return Suffix::parse(code.substr((*stem).size() + Separator.size()));
  }

 private:
  // the text before the separator
  [[nodiscard]] static constexpr result<std::string_view> stem_of(std::string_view code) {
    if (code.size() <= tail) return fail(errc::not_a_batch, 0, code.size());
    const std::size_t length = code.size() - tail;
    const std::string_view separator = code.substr(length, Separator.size());
    if (separator != Separator.view()) return fail(errc::not_a_batch, length, Separator.size());
    const auto number = Suffix::parse(code.substr(length + Separator.size()));
    if (!number) return unexpected(shifted(number.error(), length + Separator.size()));
    return code.substr(0, length);
  }

  [[no_unique_address]] policy base_{};

  // last, since Clang skips what follows a failed assertion: one mistake, one error
  static_assert(has_base,
                "tallymark::split_batch: the first type is not a batch policy. Name the policy that writes the codes: "
                "split_batch<date_batch<>, split_suffix<3>>");
  static_assert(Separator.size() == 0 || (Separator.size() <= 8 && validate_text(Separator.view())),
                "tallymark::split_batch: the separator is at most 8 bytes of UTF-8 without control characters. Write "
                "\"-\", or \"\" for none");
};

}  // namespace tallymark
