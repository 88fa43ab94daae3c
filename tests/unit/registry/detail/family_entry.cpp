#include <tallymark/registry/detail/family_entry.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace tallymark;
using detail::family_entry;

namespace {

constexpr holder by(std::uint64_t item, hold state = hold::claimed) { return {item, state}; }

}  // namespace

TEST_CASE("a family of a scope knows how it is called", "[registry]") {
  detail::interned_texts texts;
  const std::string long_text(13, 'x'), huge(300, 'y');
  const std::vector<family> names{{"", 0},
                                  {"SN-", 5, family::kind::counted, "/27"},
                                  {"SN-", 5},
                                  {"SN-", 4, family::kind::counted, "/27"},
                                  {"SN-/27", 5},
                                  family::literal("SN-/27"),
                                  family::literal("twelve bytes"),
                                  {"twelve bytes", 3},
                                  {long_text, 3},
                                  {long_text, 3, family::kind::counted, "t"},
                                  family::literal(huge),
                                  {huge, 2, family::kind::counted, "/27"},
                                  {"a", 2, family::kind::counted, huge}};
  for (const family& name : names) {
    const family_entry in(7, name, texts);
    CHECK(in.of() == name);
    CHECK(in.scope() == 7);
    CHECK(in.of().tail.data() == in.of().text.data() + name.text.size());
    for (const family& other : names) CHECK(in.is({7, other}) == (name == other));
    CHECK_FALSE(in.is({8, name}));
    CHECK(in.empty());
    CHECK_FALSE(in.find(0));
  }
}

TEST_CASE("one serial number lies in the entry if it fits", "[registry]") {
  detail::interned_texts texts;
  const auto kept = [&](family_entry in, std::uint64_t ordinal, const holder& held) {
    if (!in.put(ordinal, held)) {
      CHECK(in.empty());  // nothing has changed
      return false;
    }
    CHECK(in.find(ordinal) == held);
    CHECK(in.ordinal() == ordinal);
    CHECK_FALSE(in.find(ordinal + 1));
    CHECK(in.by() == held);
    in.clear();
    CHECK(in.empty());
    CHECK_FALSE(in.find(ordinal));
    return true;
  };
  constexpr std::uint64_t all = max_ordinal;
  const auto named = [&](const family& name) { return family_entry(0, name, texts); };
  CHECK(kept(named({"", 0}), all, by(1)));
  CHECK(kept(named({"four", 0}), all, by(1)));
  CHECK(kept(named({"eight by", 0}), 0xFFFF'FFFFU, by(1)));
  CHECK_FALSE(kept(named({"eight by", 0}), 0x1'0000'0000U, by(1)));
  CHECK(kept(named({"eight ", 0, family::kind::counted, "by"}), 0xFFFF'FFFFU, by(1)));
  CHECK(kept(named({"eleven byte", 0}), 255, by(1)));
  CHECK_FALSE(kept(named({"eleven byte", 0}), 256, by(1)));
  CHECK(kept(named({"twelve bytes", 0}), 0, by(1)));
  CHECK_FALSE(kept(named({"twelve bytes", 0}), 1, by(1)));
  CHECK(kept(named({"more than twelve", 0}), 0xFFFF'FFFFU, by(1)));
  CHECK_FALSE(kept(named({"more than twelve", 0}), 0x1'0000'0000U, by(1)));
  CHECK(kept(named(family::literal("twelve bytes")), 0, by(1)));

  constexpr std::uint64_t limit = (std::uint64_t{1} << 30) - 1;  // of items
  for (const hold state : {hold::reserved, hold::claimed, hold::retired}) {
    CHECK(kept(named({"A"}), 5, by(limit - 1, state)));
    CHECK(kept(named({"A"}), 5, by(no_item, state)));
    CHECK(kept(named({"A"}), 5, by(0, state)));
    CHECK_FALSE(kept(named({"A"}), 5, by(limit, state)));
    CHECK_FALSE(kept(named({"A"}), 5, by(no_item - 1, state)));
  }
}

TEST_CASE("an entry remembers its container, and how it was when it left", "[registry]") {
  detail::interned_texts texts;
  family_entry in(0, {"SN-"}, texts);
  CHECK_FALSE(in.has_container());
  in.set_container(12345);
  CHECK(in.has_container());
  CHECK(in.container() == 12345);
  CHECK_FALSE(in.claimed());
  in.set_claimed(true);
  in.set_left({.claimed = true, .leading = false, .issued = true});
  CHECK((in.claimed() && in.left().claimed && !in.left().leading && in.left().issued));
  in.set_claimed(false);
  in.set_left({.claimed = false, .leading = true, .issued = false});
  CHECK((!in.claimed() && !in.left().claimed && in.left().leading && !in.left().issued));
  CHECK(in.of() == family{"SN-"});
  CHECK(in.container() == 12345);
}
