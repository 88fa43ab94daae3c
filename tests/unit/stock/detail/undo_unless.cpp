#include <tallymark/stock/detail/undo_unless.hpp>

#include <catch2/catch_test_macros.hpp>

#include <stdexcept>

#include <tallymark/ext/detail/succeeds.hpp>

using namespace tallymark::detail;

TEST_CASE("a step is taken back unless it is done", "[stock]") {
  int undone = 0;
  {
    undo_unless step([&]() noexcept { ++undone; });
    step.done();
  }
  CHECK(undone == 0);
  {
    const undo_unless step([&]() noexcept { ++undone; });
  }
  CHECK(undone == 1);
  CHECK_FALSE(succeeds([&] {
    const undo_unless step([&]() noexcept { ++undone; });
    throw std::runtime_error("no");
  }));
  CHECK(undone == 2);
}
