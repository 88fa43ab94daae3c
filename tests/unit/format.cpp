#include <tallymark/format.hpp>

#include <catch2/catch_test_macros.hpp>

#include <tallymark/error.hpp>
#include <tallymark/stock/quantity.hpp>

#if defined(__cpp_lib_format)

TEST_CASE("std::format writes what can be printed", "[print]") {
  using namespace tallymark;
  CHECK(std::format("{}", failure{errc::negative, 2, 1}) == "byte 3: the number is negative");
  CHECK(std::format("{} of {:>6}|{:<5}|", errc::too_large, 12.5_qty, quantity(3)) ==
        "the number is too large of   12.5|3    |");
}

#else

TEST_CASE("without std::format the header declares nothing", "[print]") {
  using namespace tallymark::literals;
  CHECK(tallymark::text_of(7.5_qty) == "7.5");
  ;
}

#endif
