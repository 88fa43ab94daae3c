#include <tallymark/ext/fixed_string.hpp>

#include <catch2/catch_test_macros.hpp>

#include <type_traits>

using namespace tallymark;

namespace {

template <fixed_string Text>
struct named {
  static constexpr auto text = Text.view();
};

}  // namespace

static_assert(named<"SN-">::text == "SN-");
static_assert(named<"">::text.empty());
static_assert(fixed_string("ab").size() == 2);
static_assert(fixed_string("a\0b").view() == std::string_view("a\0b", 3));
static_assert(std::is_same_v<named<"a">, named<"a">>);
static_assert(!std::is_same_v<named<"a">, named<"b">>);
static_assert(fixed_string("a") == fixed_string("a"));
static_assert(!(fixed_string("a") == fixed_string("b")));

TEST_CASE("a literal is a template argument", "[ext]") { CHECK(named<"AB">::text == std::string_view("AB")); }
