#include <tallymark/policy/detail/type_name.hpp>

#include <catch2/catch_test_macros.hpp>

#include <tallymark/ext/fixed_string.hpp>

#include <string>
#include <string_view>

using tallymark::fixed_string;
using tallymark::detail::type_name;
using tallymark::detail::type_name_writer;

namespace {

template <fixed_string Text, unsigned Width = 0>
struct shaped {};
template <class... Ts>
struct several {};

std::string written(std::string_view raw) { return type_name_writer(raw).write(); }

}  // namespace

TEST_CASE("the names that g++ and clang++ print become equal", "[policy]") {
  CHECK(written("tallymark::prefixed_serial<tallymark::fixed_string<4>{\"SN-\"}, 6>") == "prefixed_serial<\"SN-\",6>");
  CHECK(written("tallymark::prefixed_serial<fixed_string<4>{\"SN-\"}, 6>") == "prefixed_serial<\"SN-\",6>");
  CHECK(written("a<tallymark::fixed_string<3>{\"\\37777777703\\37777777644\"} >") == "a<\"\u00e4\">");
  CHECK(written("a<fixed_string<3>{{-61, -92, 0}}>") == "a<\"\u00e4\">");
  CHECK(written("a<fixed_string<1>{{0}}, b<c> >") == "a<\"\",b<c>>");
  CHECK(written("a<tallymark::fixed_string<1>{\"\"}, b<c>>") == "a<\"\",b<c>>");
  CHECK(written("{anonymous}::a") == written("(anonymous namespace)::a"));
  CHECK(written("a<fixed_string<4>{\"\\\"\\\\\\n\"}>") == "a<\"\\\"\\\\\n\">");
  CHECK(written("a<fixed_string<4>{\"x").starts_with("a<\"x"));  // an unclosed literal does not hang
  CHECK(written("a<fixed_string<4>{{x") == "a<\"\"x");
}

TEST_CASE("the names of this compiler", "[policy]") {
  CHECK(type_name<int>() == "int");
  CHECK(type_name<fixed_string<2>>() != "");
  CHECK(type_name<shaped<"SN-", 6>>() == "shaped<\"SN-\",6>");
  CHECK(type_name<shaped<"SN-">>() == "shaped<\"SN-\">");
  CHECK(type_name<shaped<"\u00e4\"\\ b", 1>>() == "shaped<\"\u00e4\\\"\\\\ b\",1>");
  CHECK(type_name<several<shaped<"">, several<>>>() == "several<shaped<\"\">,several<>>");
}
