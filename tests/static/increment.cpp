// Properties of every increment policy of the library.
#include <tallymark/increment/custom.hpp>
#include <tallymark/increment/skipping.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/increment/wrapping.hpp>
#include <tallymark/policy/traits.hpp>

#include <type_traits>

using namespace tallymark;

namespace {

constexpr bool is_odd(std::uint64_t v) { return v % 2 == 1; }
constexpr std::optional<std::string> nothing(std::string_view) { return std::nullopt; }

template <class P>
constexpr bool is_complete = std::is_empty_v<P> && std::is_trivially_copyable_v<P> && increment_policy<P> && policy<P>;

// next, from and consecutive agree
template <class P>
constexpr bool agrees(std::uint64_t v) {
  using traits = increment_traits<P>;
  const auto following = traits::next({}, v);
  const bool by_stride = following == v + traits::stride;
  return traits::from({}, v, v) == v && traits::from({}, v, v + 1) == following &&
         (traits::consecutive({}, v, 2) == 2) == by_stride;
}

template <class P>
constexpr bool agrees_up_to_100() {
  for (std::uint64_t v = 0; v <= 100; ++v)
    if (!agrees<P>(v)) return false;
  return true;
}

}  // namespace

static_assert(is_complete<step<1>> && is_complete<step<max_ordinal>>);
static_assert(is_complete<skipping<is_odd>> && is_complete<skipping<is_odd, wrapping<1, 9>>>);
static_assert(is_complete<wrapping<1, 9>> && is_complete<custom<nothing>>);

static_assert(agrees_up_to_100<step<1>>() && agrees_up_to_100<step<7>>());
static_assert(agrees_up_to_100<skipping<is_odd>>() &&
              agrees_up_to_100<skipping<[](std::uint64_t v) { return v % 10 == 4; }>>());
static_assert(agrees_up_to_100<wrapping<10, 30>>() && agrees_up_to_100<skipping<is_odd, wrapping<10, 30>>>());
