#include <catch2/catch_test_macros.hpp>

#include <tallymark/ext/detail/succeeds.hpp>

#include <stdexcept>

using tallymark::detail::succeeds;

TEST_CASE("a call succeeds unless it throws", "[ext]") {
  int calls = 0;
  CHECK(succeeds([&] { ++calls; }));
  CHECK_FALSE(succeeds([&] {
    ++calls;
    throw std::runtime_error("no");
  }));
  CHECK(calls == 2);
}
