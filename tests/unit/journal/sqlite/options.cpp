#include <tallymark/journal/sqlite/options.hpp>

#include <catch2/catch_test_macros.hpp>

#include <chrono>

using namespace tallymark;

TEST_CASE("what options are if nothing is said", "[journal]") {
  const sqlite_options options;
  CHECK(options.synchronous == sqlite_synchronous::full);
  CHECK(options.busy_timeout == std::chrono::seconds(5));
  CHECK(options.create);
  CHECK_FALSE(options.read_only);
  CHECK_FALSE(options.adopt_policies);
  CHECK(options.cache_bytes == 64U << 20U);
  CHECK(options.threads == 2);
  CHECK(options.vfs.empty());
  // the values are those of PRAGMA synchronous
  CHECK(static_cast<int>(sqlite_synchronous::off) == 0);
  CHECK(static_cast<int>(sqlite_synchronous::extra) == 3);
}
