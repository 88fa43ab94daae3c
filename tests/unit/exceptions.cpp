#include <tallymark/exceptions.hpp>

#include <string_view>

#include <catch2/catch_test_macros.hpp>
#include <tallymark/stock/stock.hpp>

using namespace tallymark;

namespace {

template <class Call>
failure thrown_by(Call call) {
  try {
    call();
  } catch (const error& thrown) {
    CHECK(std::string_view(thrown.what()) == message(thrown.why().code));
    return thrown.why();
  }
  FAIL("nothing was thrown");
  return {};
}

}  // namespace

TEST_CASE("or_throw gives the value of a result that has one") {
  CHECK(or_throw(result<int>(7)) == 7);
  CHECK_NOTHROW(or_throw(result<void>()));
}

TEST_CASE("or_throw throws the failure of a result that has none") {
  const auto at_two = [] { or_throw(result<int>(fail(errc::not_a_serial, 2, 1))); };
  CHECK(thrown_by(at_two) == failure{errc::not_a_serial, 2, 1});
}

TEST_CASE("or_throw throws the reason of the first conflict and of a refusal") {
  registry<> taken;
  or_throw(taken.claim("motor", "1"));
  run_list one_to_three;
  one_to_three.add(run{{}, 1, 3});
  CHECK(thrown_by([&] { or_throw(taken.claim("motor", one_to_three)); }).code == errc::already_taken);

  stock<> empty;
  CHECK(thrown_by([&] { or_throw(empty.create({.part = "none"})); }).code == errc::unknown_part);
}
