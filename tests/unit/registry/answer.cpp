#include <tallymark/registry/answer.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace tallymark;

static_assert(answer{}.free() && !answer{}.taken());
static_assert(answer{failure{errc::already_taken}, 7}.taken() && !answer{failure{errc::already_taken}, 7}.free());
static_assert(answer{failure{errc::retired}}.taken() && answer{failure{errc::reserved}}.taken() &&
              answer{failure{errc::named_twice}}.taken());
static_assert(!answer{failure{errc::not_a_serial}}.taken() && !answer{failure{errc::not_a_serial}}.free());

static_assert(reason(hold::claimed) == errc::already_taken && reason(hold::retired) == errc::retired &&
              reason(hold::reserved) == errc::reserved);

TEST_CASE("a conflict is one run, why, and who holds it", "[registry]") {
  const conflict one(errc::already_taken, run{{"SN-"}, 5, 3}, 7);
  CHECK(one.serials.size() == 1);
  CHECK(one.serials[0] == run{{"SN-"}, 5, 3});
  CHECK(one.item == 7);
  CHECK(conflict(errc::named_twice, run{{"SN-"}, 5, 3}).item == no_item);
  CHECK(conflict(one) == one);
  CHECK(one != conflict(errc::retired, run{{"SN-"}, 5, 3}, 7));
}
