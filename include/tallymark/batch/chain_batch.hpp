// Several batch policies, asked one after the other for a code.
#pragma once

#include <tallymark/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <tallymark/error.hpp>
#include <tallymark/number/batch_counters.hpp>
#include <tallymark/policy/concepts.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/policy/traits.hpp>

namespace tallymark {

namespace detail {

template <class P>
concept has_batch_rules = requires(const P policy, std::string_view code) { policy.validate(code); };

}  // namespace detail

/// Batch policy: the code is that of the first generator that writes one. If a generator writes nothing, the next is
/// used; if no generator writes anything, there is no code. A failure ends the chain.
template <class... Generators>
class chain_batch {
  static constexpr bool are_policies = (fills<Generators, batch_slot> && ...);
  static constexpr bool have_rules = (detail::has_batch_rules<Generators> || ...);

 public:
  using policy_slot = batch_slot;

  constexpr chain_batch() = default;

  /// Uses these generators.
  constexpr explicit chain_batch(Generators... generators)
    requires(sizeof...(Generators) > 0)
      : generators_(std::move(generators)...) {}

  /// Appends the first code that a generator writes. Errors: those of the generators. The complexity is that of the
  /// generators.
  template <class Record>
    requires(!are_policies || (batch_policy_for<Generators, Record> && ...))
  [[nodiscard]] constexpr result<void> format(std::string& out, const Record& record, batch_counters& counters) const {
    result<void> outcome{};
    if constexpr (are_policies) {
      const std::size_t before = out.size();
      const auto decides = [&](const auto& generator) {
        outcome = format_batch(generator, out, record, counters);
        return !outcome || out.size() > before;
      };
      std::apply([&](const auto&... generator) { static_cast<void>((decides(generator) || ...)); }, generators_);
    }
    return outcome;
  }

 private:
  [[no_unique_address]] std::tuple<Generators...> generators_{};

  static_assert(are_policies,
                "tallymark::chain_batch: this type is not a batch policy. Give it 'using policy_slot = "
                "tallymark::batch_slot' and "
                "'void format(std::string&) const'");
  static_assert(!have_rules,
                "tallymark::chain_batch: a generator has rules of its own, which do not hold for the codes of the "
                "others. Put them "
                "around the chain: validated_batch<chain_batch<...>, rule>");
};

}  // namespace tallymark
