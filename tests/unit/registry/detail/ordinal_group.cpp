#include <tallymark/registry/detail/ordinal_group.hpp>

#include <tallymark/policies.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace tallymark;

namespace {

const numbering<text_serial<>, step<1>> numbers{};

using ordinals = std::vector<std::uint64_t>;
struct group {
  std::size_t read;
  std::string text;
  ordinals all;
  friend bool operator==(const group&, const group&) = default;
};
std::vector<group> groups(const std::vector<std::string_view>& texts) {
  std::vector<group> out;
  detail::ordinal_group one;
  for (std::size_t at = 0; at < texts.size(); at += out.back().read) {
    const std::size_t read = one.read(numbers, std::span(texts).subspan(at));
    const bool empty = one.ordinals().empty();
    out.push_back({read, empty ? "" : std::string(one.of().text), ordinals(one.ordinals().begin(), one.ordinals().end())});
  }
  return out;
}

}  // namespace

TEST_CASE("a group ends where the family does", "[registry]") {
  CHECK(groups({"A1", " A3 ", "B1", "B01", "B02", "Q"}) ==
        std::vector<group>{{2, "A", {1, 3}}, {1, "B", {1}}, {2, "B", {1, 2}}, {1, "Q", {0}}});
}

TEST_CASE("what cannot be read is by itself", "[registry]") {
  CHECK(groups({"", "A1", "A2", "\x01", "\xFF", "A3"}) ==
        std::vector<group>{{1, "", {}}, {2, "A", {1, 2}}, {1, "", {}}, {1, "", {}}, {1, "A", {3}}});
}

TEST_CASE("a group has an end", "[registry]") {
  const std::vector<std::string_view> same(1000, "A7");
  std::size_t sum = 0;
  for (const group& each : groups(same)) {
    CHECK(each.all.size() == each.read);
    CHECK(each.read <= 256);
    sum += each.read;
  }
  CHECK(sum == 1000);
}
