#include <tallymark/stock/part_tree.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>

using namespace tallymark;

TEST_CASE("parts are numbered as they come", "[stock]") {
  part_tree<> parts;
  CHECK(parts.add({.key = "motor"}) == 0U);
  CHECK(parts.add({.key = "fast motor", .variant_of = "motor"}) == 1U);
  CHECK(parts.add({.key = "red fast motor", .variant_of = "fast motor"}) == 2U);
  CHECK(parts.size() == 3);
  CHECK(parts.find("fast motor") == 1U);
  CHECK(!parts.find("pump"));
  CHECK(parts[2].key == "red fast motor");
  CHECK(parts.root(2) == 0);
  CHECK(parts.root(0) == 0);
}

TEST_CASE("a part is refused that is there, or is a variant of nothing", "[stock]") {
  part_tree<> parts;
  REQUIRE(parts.add({.key = "motor"}));
  CHECK(parts.add({.key = "motor"}).error().code == errc::part_exists);
  CHECK(parts.add({.key = "pump", .variant_of = "machine"}).error().code == errc::unknown_part);
  CHECK(parts.add({.key = "pump", .variant_of = "pump"}).error().code == errc::part_is_own_ancestor);
  CHECK(parts.size() == 1);
}

TEST_CASE("a part becomes a variant once, and never of itself", "[stock]") {
  part_tree<> parts;
  for (const char* key : {"a", "b", "c"}) REQUIRE(parts.add({.key = key}));
  CHECK(parts.make_variant(1, 0));
  CHECK(parts.make_variant(1, 2).error().code == errc::already_variant);
  CHECK(parts.make_variant(0, 0).error().code == errc::part_is_own_ancestor);
  CHECK(parts.make_variant(0, 1).error().code == errc::part_is_own_ancestor);
  CHECK(parts.make_variant(0, 2));
  CHECK(parts.root(1) == 2);
  CHECK(parts[0].variant_of == "c");
}

TEST_CASE("a tree with stock items stays where it is, but may grow", "[stock]") {
  part_tree<> parts;
  for (const char* key : {"a", "b", "c"}) REQUIRE(parts.add({.key = key}));
  REQUIRE(parts.make_variant(1, 0));
  parts.mark_used(1);
  CHECK(parts.make_variant(0, 2).error().code == errc::part_has_items);
  CHECK(parts.make_variant(2, 1));
  CHECK(parts.root(2) == 0);
}

TEST_CASE("scope policies find the part, its tree, its group and its data", "[stock]") {
  struct data {
    std::string site;
  };
  part_tree<int, data> parts;
  REQUIRE(parts.add({.key = 70, .group = 3, .data = {"Kiel"}}));
  REQUIRE(parts.add({.key = 71, .variant_of = 70}));
  REQUIRE(parts.add({.key = 72, .group = 3}));
  const auto place = parts.place(1);
  CHECK(place.part == 1);
  CHECK(place.tree == 0);
  CHECK(parts.place(0).group == parts.place(2).group);
  CHECK(parts.place(0).group != place.group);
  CHECK(parts.place(0).data.site == "Kiel");
}

TEST_CASE("chains of variants can be deep", "[stock]") {
  constexpr std::uint32_t deep = 300'000;
  part_tree<std::uint32_t> down, up;
  bool all = down.add({.key = 0}).has_value();
  for (std::uint32_t i = 1; i < deep; ++i) all = all && down.add({.key = i, .variant_of = i - 1});
  CHECK(all);
  CHECK(down.root(deep - 1) == 0);
  CHECK(down.place(deep / 2).tree == 0);

  for (std::uint32_t i = 0; i < deep; ++i) all = all && up.add({.key = i});
  for (std::uint32_t i = 1; i < deep; ++i) all = all && up.make_variant(i - 1, i);
  CHECK(all);
  CHECK(up.root(0) == deep - 1);
  CHECK(up.make_variant(deep - 1, 0).error().code == errc::part_is_own_ancestor);
}
