#include <tallymark/policies.hpp>

#include <tallymark/registry/registry.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/stock/stock.hpp>

#include <catch2/catch_test_macros.hpp>

#include <concepts>
#include <string>
#include <type_traits>

using namespace tallymark;

namespace {

struct acme : policies<unique_globally, prefixed_serial<"SN-", 6>> {};
struct acme_by_ten : policies<acme, step<10>> {};

// somebody else's types
struct every_other {
  constexpr std::optional<std::uint64_t> next(const std::uint64_t& v) const { return v + 2; }
};
struct plain {};

// policies with values
struct lettered {
  using policy_slot = serial_slot;
  char letter;

  constexpr explicit lettered(char of) : letter(of) {}
  constexpr result<std::uint64_t> parse(std::string_view text) const {
    return text[0] == letter ? integer_serial{}.parse(text.substr(1)) : fail(errc::not_a_serial, 0, 1);
  }
  constexpr void format(std::string& out, std::uint64_t ordinal) const {
    out += letter;
    integer_serial{}.format(out, ordinal);
  }
};
struct adjustable_step {
  using policy_slot = increment_slot;
  std::uint64_t by = 1;
  constexpr std::optional<std::uint64_t> next(std::uint64_t v) const { return v + by; }
};
struct named_batch {
  using policy_slot = batch_slot;
  std::string name = "B";
  void format(std::string& out) const { out += name; }
};
struct rounded_scope {
  using policy_slot = scope_slot;
  int by = 1;
  constexpr int key(int part) const { return part / by; }
};
struct lab : policies<lettered, adjustable_step> {};

}  // namespace

template <>
struct tallymark::slot_of<every_other> {
  using type = increment_slot;
};

// ---- what a set consists of
// -------------------------------------------------------------------------------------------

static_assert(std::same_as<policies<>, library_defaults>);
static_assert(std::same_as<policies<step<2>, unique_globally>, policies<unique_globally, step<2>>>);
static_assert(std::same_as<policies<library_defaults, step<2>>, policies<step<2>>>);
static_assert(std::same_as<policies<step<2>, acme>, policies<acme, step<2>>>);
static_assert(std::same_as<acme_by_ten::scope, unique_globally> && std::same_as<acme_by_ten::increment, step<10>> &&
              std::same_as<acme_by_ten::serial, prefixed_serial<"SN-", 6>>);
static_assert(std::same_as<policies<every_other>::increment, every_other>);
static_assert(std::same_as<acme::canonical, policies<unique_globally, prefixed_serial<"SN-", 6>>>);

static_assert(policy_set_type<acme> && policy_set_type<acme_by_ten> && policy_set_type<policies<>>);
static_assert(!policy_set_type<plain> && !policy_set_type<int> && !policy_set_type<step<1>>);

// ---- what they cost
// ---------------------------------------------------------------------------------------------------

static_assert(std::is_empty_v<policies<>> && std::is_empty_v<acme> &&
              std::is_empty_v<numbering<text_serial<>, step<1>>>);
using held = detail::folded<library_defaults::index::map, 1>;
using scopes = detail::scope_map<int, detail::scope_state<held, text_serial<>>>;
constexpr std::size_t bare = sizeof(scopes) + sizeof(std::uint64_t);  // the scopes, the limit of runs, and no policies
static_assert(sizeof(registry<>) == bare);
static_assert(sizeof(registry<policies<unique_per_part, step<3>>, part_ref<int>>) == bare);
static_assert(sizeof(policies<adjustable_step>) == sizeof(std::uint64_t));
static_assert(sizeof(stock<>) == sizeof(stock<acme>) - sizeof(registry<acme, part_place<no_record>>) + bare);

// ---- values
// -----------------------------------------------------------------------------------------------------------

static_assert(policies<adjustable_step>{adjustable_step{3}}.increment_policy.by == 3);
static_assert(policies<adjustable_step>{}.increment_policy.by == 1);
static_assert(lab{{lettered('L')}}.serial_policy.letter == 'L');
static_assert(lab{{adjustable_step{5}, lettered('L')}}.increment_policy.by == 5);
static_assert(!std::default_initializable<policies<lettered>>);
static_assert(!std::constructible_from<policies<>, adjustable_step>);
// without the value there is a sentence: tests/compile_fail/registry_without_value.cpp
static_assert(std::constructible_from<registry<lab>, lab> && std::constructible_from<stock<lab>, lab>);

TEST_CASE("policies with values are given to the constructor, in any order", "[policies]") {
  registry<lab> registry(lab{{adjustable_step{5}, lettered('L')}});
  CHECK(registry.claim("motor", "L10"));
  CHECK(registry.claim("motor", "K10").error() == failure{errc::not_a_serial, 0, 1});
  CHECK(registry.next("motor").value() == "L15");
}

TEST_CASE("a scope with a value and a batch policy with a value are used", "[policies]") {
  registry<policies<rounded_scope>, int> registry(rounded_scope{10});
  CHECK(registry.claim(11, "1"));
  CHECK(!registry.claim(19, "1"));
  CHECK(registry.claim(21, "1"));

  stock<policies<named_batch>> stock{policies<named_batch>(named_batch{"LOT-7"})};
  CHECK(stock.batch_code().value() == "LOT-7");
}

TEST_CASE("a type that one cannot edit is a policy by its slot", "[policies]") {
  registry<policies<every_other>> registry;
  CHECK(registry.claim("motor", "1"));
  CHECK(registry.next("motor").value() == "3");
}
