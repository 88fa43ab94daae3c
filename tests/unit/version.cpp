#include <tallymark/version.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

TEST_CASE("the version text and the version macros agree", "[version]") {
  const std::string parts = std::to_string(TALLYMARK_VERSION_MAJOR) + '.' + std::to_string(TALLYMARK_VERSION_MINOR) +
                            '.' + std::to_string(TALLYMARK_VERSION_PATCH);
  CHECK(tallymark::version == parts);
  CHECK(tallymark::version == TALLYMARK_PROJECT_VERSION);  // what the build installs and packages
}
