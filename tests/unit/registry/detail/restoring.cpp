#include <tallymark/registry/registry.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <tallymark/scope/unique.hpp>

using namespace tallymark;

namespace {

const part_ref<> bolt("bolt"), nut("nut");

struct by_name {
  using policy_slot = scope_slot;
  template <class Item>
  std::string_view key(const Item& item) const
    requires requires { item.name; }
  {
    return item.name;
  }
};
struct named {
  std::string name;
};

family counted(std::string_view text, std::uint8_t width = 0) { return {text, width}; }

}  // namespace

TEST_CASE("serial numbers are restored with who held them", "[registry]") {
  registry<> to;
  const auto kept = to.restore(bolt, {counted("SN-", 4), 41, 3}, {7, hold::claimed});
  REQUIRE(kept);
  CHECK(*kept == counted("SN-", 4));
  CHECK(to.find(bolt, "SN-0042") == holder{8, hold::claimed});
  CHECK(to.restore(bolt, {counted("SN-", 4), 44, 1}, {12, hold::retired}));
  CHECK(to.inspect(bolt, "SN-0044").why->code == errc::retired);
  CHECK(!to.find(nut, "SN-0042"));
  SECTION("what is taken is not taken again, and nothing changes") {
    CHECK(!to.restore(bolt, {counted("SN-", 4), 43, 1}, {9, hold::claimed}));
    CHECK(!to.restore(bolt, {counted("SN-", 4), 40, 2}, {9, hold::claimed}));
    CHECK(!to.find(bolt, "SN-0040"));
    CHECK(to.find(bolt, "SN-0043") == holder{9, hold::claimed});
  }
  SECTION("forgotten ones are free, whatever held them") {
    CHECK(to.restore(bolt, {counted("SN-", 4), 50, 2}, {no_item, hold::reserved}));
    to.forget(bolt, {counted("SN-", 4), 50, 2});
    to.forget(bolt, {counted("SN-", 4), 42, 3});
    CHECK(to.find(bolt, "SN-0041"));
    for (const std::string_view text : {"SN-0042", "SN-0043", "SN-0044", "SN-0050"}) CHECK(!to.find(bolt, text));
    CHECK(to.next(bolt) == "SN-0042");
  }
}

TEST_CASE("the sequence goes on as it did", "[registry]") {
  registry<> from, to;
  SECTION("after the first claim, whatever came later") {
    CHECK(from.claim(bolt, "B7"));
    CHECK(from.claim(bolt, "A5"));
    CHECK(to.restore(bolt, {counted("A"), 5, 1}, {}));
    CHECK(to.restore(bolt, {counted("B"), 7, 1}, {}));
    CHECK(to.next(bolt) == "A6");
    to.restore(bolt, from.sequence(bolt));
    CHECK(to.next(bolt) == "B8");
    CHECK(to.sequence(bolt) == from.sequence(bolt));
    CHECK(to.claim(bolt, "C1"));
    CHECK(to.next(bolt) == "B8");
    CHECK(to.release(bolt, "B7"));
    CHECK(to.next(bolt) == "A6");
  }
  SECTION("after the latest issue") {
    CHECK(from.claim(bolt, "B7"));
    CHECK(from.start_at(bolt, "X1"));
    CHECK(from.issue(bolt, 2));
    CHECK(from.sequence(bolt).issued);
    CHECK(to.restore(bolt, {counted("B"), 7, 1}, {}));
    CHECK(to.restore(bolt, {counted("X"), 1, 2}, {}));
    to.restore(bolt, from.sequence(bolt));
    CHECK(to.next(bolt) == "X3");
    CHECK(to.sequence(bolt) == from.sequence(bolt));
    CHECK(to.release(bolt, "X1"));
    CHECK(to.next(bolt) == "X1");
  }
  SECTION("from where it was set") {
    CHECK(from.start_at(bolt, "T100"));
    to.restore(bolt, from.sequence(bolt));
    CHECK(to.next(bolt) == "T100");
    to.restore(bolt, sequence_state{});
    CHECK(to.next(bolt) == "1");
  }
  SECTION("a family that holds nothing does not lead") {
    to.restore(bolt, sequence_state{counted("Z"), true, std::nullopt});
    CHECK(to.next(bolt) == "1");
  }
  CHECK(from.sequence(nut) == sequence_state{});
}

TEST_CASE("reserved ones lead only where the sequence says so", "[registry]") {
  registry<> to;
  CHECK(to.restore(bolt, {counted("R"), 1, 3}, {no_item, hold::reserved}));
  CHECK(to.claim(bolt, "A5"));
  CHECK(to.next(bolt) == "A6");
  CHECK(to.claim(bolt, "R2").error().code == errc::reserved);
}

TEST_CASE("different scopes have different texts", "[registry]") {
  CHECK(registry<policies<unique_per_part>>().scope_text(bolt) == "bolt");
  CHECK(registry<policies<unique_per_part>>().scope_text(nut) == "nut");
  CHECK(registry<policies<unique_globally>>().scope_text(nut).empty());
  CHECK(registry<policies<by_name>, named>().scope_text({"a b"}) == "a b");
  CHECK(registry<policies<by_name>, named>().same_scope({"a b"}, {"a b"}));
  CHECK(!registry<policies<by_name>, named>().same_scope({"a b"}, {"a"}));
}
