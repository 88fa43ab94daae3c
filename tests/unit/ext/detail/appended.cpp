#include <tallymark/ext/detail/appended.hpp>

#include <catch2/catch_test_macros.hpp>

#include <support/compile_time.hpp>

#include <stdexcept>
#include <string>

using tallymark::detail::appended;

namespace {

constexpr bool restores(bool keep) {
  std::string text = "ab";
  {
    appended added(text);
    text += "cde";
    if (added.size() != 3) return false;
    if (keep) added.keep();
  }
  return text == (keep ? "abcde" : "ab");
}

}  // namespace

STATIC_CHECK_WITH_STRING(restores(false) && restores(true));

TEST_CASE("an exception takes back what was appended", "[ext]") {
  std::string text = "before";
  const auto append = [&] {
    appended added(text);
    text += std::string(100, 'x');
    throw std::runtime_error("refused");
  };
  CHECK_THROWS_AS(append(), std::runtime_error);
  CHECK(text == "before");
}
