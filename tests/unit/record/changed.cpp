#include <tallymark/record/changed.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>
#include <string_view>

#include <tallymark/record/hana.hpp>

using namespace tallymark;

namespace {

struct money {
  int cents = 0;  // cannot be compared
};
struct unit {
  std::string status;
  int location = 0;
  std::optional<int> grade{};
  money price{};
};

}  // namespace

template <>
struct tallymark::field_codec<money> {
  static result<money> parse(std::string_view text) {
    const auto cents = field_codec<int>::parse(text);
    if (!cents) return unexpected(cents.error());
    return money{*cents};
  }
  static void append(std::string& out, const money& value) { field_codec<int>::append(out, value.cents); }
};
BOOST_HANA_ADAPT_STRUCT(unit, status, location, grade, price);

namespace {

std::string changes(const unit& before, const unit& after) {
  std::string out;
  changed(before, after, [&](std::string_view name, std::string_view was, std::string_view is) {
    out.append(name).append(":").append(was).append(">").append(is).append(" ");
  });
  return out;
}

}  // namespace

TEST_CASE("members that differ are visited, with their texts", "[record]") {
  CHECK(changes({"ok", 8}, {"ok", 8}) == "");
  CHECK(changes({"ok", 8}, {"lost", -1}) == "status:ok>lost location:8>-1 ");
  CHECK(changes({"ok", 8, {}}, {"ok", 8, 3}) == "grade:>3 ");
  CHECK(changes({"ok", 8, 3}, {"ok", 8, {}}) == "grade:3> ");
}

TEST_CASE("members that cannot be compared differ if their texts do", "[record]") {
  CHECK(changes({"", 0, {}, {5}}, {"", 0, {}, {5}}) == "");
  CHECK(changes({"", 0, {}, {5}}, {"", 0, {}, {6}}) == "price:5>6 ");
}

TEST_CASE("no_record never changes", "[record]") {
  int calls = 0;
  changed(no_record{}, no_record{}, [&](std::string_view, std::string_view, std::string_view) { ++calls; });
  CHECK(calls == 0);
}
