// The size of a numbering, and its use at compile time, without std::string, with both compilers.
#include <tallymark/increment/skipping.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/increment/wrapping.hpp>
#include <tallymark/number/run_list.hpp>
#include <tallymark/policy/chain.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/text.hpp>

#include <type_traits>

using namespace tallymark;

namespace {

constexpr bool has_a_four(std::uint64_t v) {
  for (; v > 0; v /= 10)
    if (v % 10 == 4) return true;
  return false;
}

using plain = numbering<text_serial<>, step<1>>;
using labels = numbering<prefixed_serial<"SN-", 6>, skipping<has_a_four>>;
using round = numbering<integer_serial, wrapping<100, 199>>;

}  // namespace

static_assert(std::is_empty_v<plain> && std::is_empty_v<labels> && std::is_empty_v<round>);
static_assert(std::is_trivially_copyable_v<serial_number> && sizeof(family) <= 40 && sizeof(serial_number) <= 48 &&
              sizeof(run) <= 64);
static_assert(sizeof(failure) == 16 && std::is_trivially_copyable_v<failure>);
static_assert(std::is_nothrow_move_constructible_v<run_list> && std::is_nothrow_move_assignable_v<run_list>);
static_assert(std::is_trivially_destructible_v<result<serial_number>> &&
              std::is_trivially_destructible_v<result<void>>);
static_assert(std::is_empty_v<chain<>>);

static_assert(plain{}.parse(" SN-0042 ") == serial_number{{"SN-", 4}, 42});
static_assert(plain{}.consecutive(*plain{}.parse("SN-0042"), 10'000) == 958);
static_assert(labels{}.first() == serial_number{{}, 1} && labels{}.consecutive({{}, 1}, 100) == 3);
static_assert(labels{}.parse("SN-42").error() == failure{errc::wrong_width, 3, 2});
static_assert(round{}.consecutive({{}, 150}, 100) == 50);
