// Properties of every serial policy of the library.
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/text.hpp>
#include <tallymark/serial/validated.hpp>

#include <string_view>
#include <type_traits>

using namespace tallymark;

namespace {

template <class S>
constexpr bool is_plain_value =
    std::is_empty_v<S> && std::is_trivially_copyable_v<S> && std::is_nothrow_default_constructible_v<S> && policy<S>;

template <class S>
constexpr bool is_complete = is_plain_value<S> && serial_policy<S> && fills<S, serial_slot>;

// a policy and its traits parse a text without blanks alike, with the same positions
template <class S>
constexpr bool reads_alike(std::string_view text) {
  const auto alone = S{}.parse(text);
  const auto by_traits = serial_traits<S>::parse({}, text);
  if (!alone) return !by_traits && by_traits.error() == alone.error();
  if constexpr (family_serial_policy<S>)
    return by_traits && *by_traits == *alone;
  else
    return by_traits && *by_traits == serial_number{{}, *alone};
}

}  // namespace

static_assert(is_complete<text_serial<>> && is_complete<text_serial<6>>);
static_assert(is_complete<integer_serial> && is_complete<basic_integer_serial<std::uint32_t>>);
static_assert(is_complete<prefixed_serial<"SN-", 6>> && is_complete<prefixed_serial<"SN-">>);
static_assert(is_complete<alphabet_serial<"0123456789ABCDEFGHJKMNPQRSTVWXYZ", 4>> &&
              is_complete<alphabet_serial<"01", 0, "B">>);
static_assert(is_complete<validated_serial<text_serial<>>>);

// equal template arguments give the same type
static_assert(std::is_same_v<prefixed_serial<"SN-", 6>, prefixed_serial<"SN-", 6>>);
static_assert(!std::is_same_v<prefixed_serial<"SN-", 6>, prefixed_serial<"SN-", 7>>);
static_assert(std::is_same_v<integer_serial, basic_integer_serial<std::uint64_t>>);
static_assert(std::is_same_v<alphabet_serial<"01">, alphabet_serial<"01", 0, "">>);

// policies of many families, and of one
static_assert(family_serial_policy<text_serial<>> && family_serial_policy<validated_serial<text_serial<>>>);
static_assert(ordinal_serial_policy<integer_serial> && ordinal_serial_policy<validated_serial<integer_serial>>);

static_assert(reads_alike<text_serial<>>("SN-0042") && reads_alike<integer_serial>("42") &&
              reads_alike<integer_serial>("4x"));
static_assert(reads_alike<prefixed_serial<"SN-", 6>>("SN-000042") && reads_alike<prefixed_serial<"SN-", 6>>("SN-42"));
static_assert(reads_alike<alphabet_serial<"AB">>("BAB") && reads_alike<alphabet_serial<"AB">>("ABBA"));
