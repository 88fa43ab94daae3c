#include <tallymark/registry/detail/concurrent_families.hpp>

#include <tallymark/index/concurrent_index.hpp>
#include <tallymark/serial/text.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>

#include <support/added_meanwhile.hpp>

using namespace tallymark;
using families = detail::concurrent_families<detail::folded<concurrent_map, 1>, text_serial<>>;

namespace {

families::entry& added(families& all, const family& of) {
  return all.get(0, of, families::hash(0, of), [](std::uint32_t) {});
}

}  // namespace

TEST_CASE("a family has its container from the beginning", "[registry]") {
  families all;
  CHECK(all.last(0) == nullptr);
  CHECK(all.find(0, {"SN-"}) == nullptr);
  families::entry& in = added(all, {"SN-", 5, family::kind::counted, "/27"});
  CHECK(in.of() == family{"SN-", 5, family::kind::counted, "/27"});
  CHECK(in.of().tail.data() == in.of().text.data() + 3);
  CHECK(all.last(0) == all.all(in));
  CHECK(all.last(0)->in == &in);
  CHECK(&added(all, in.of()) == &in);
  CHECK(&all[0] == &in);
  CHECK_FALSE(all.claim(in, 7, {3}));
  CHECK(all.last(0)->ordinals.find(7) == holder{3});
}

TEST_CASE("threads find families while one adds", "[registry]") {
  families all;
  const auto name = [](std::uint64_t key) { return "SN-" + std::to_string(key) + "-"; };
  support::check_found_while_adding([&](std::uint64_t key) { added(all, {name(key)}); },
                                    [&](std::uint64_t key) {
                                      const std::string text = name(key);
                                      const families::entry* const found = all.find(0, {text});
                                      return found && found->of().text == text;
                                    });
}
