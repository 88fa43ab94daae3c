#include <tallymark/record/detail/asserted_record.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string_view>
#include <tuple>

using namespace tallymark;

namespace {

struct known {
  int x = 1;
};

}  // namespace

template <>
struct tallymark::record_traits<known> {
  static constexpr std::array<std::string_view, 1> names{"x"};
  static constexpr std::tuple members{&known::x};
};

// the refusal is tested in tests/compile_fail/record_not_adapted.cpp
TEST_CASE("records with members and no_record are records", "[record]") {
  STATIC_CHECK(sizeof(detail::asserted_record<known>) == 1);
  STATIC_CHECK(std::get<0>(record_traits<known>::members) == &known::x);
  STATIC_CHECK(sizeof(detail::asserted_record<no_record>) == 1);
}
