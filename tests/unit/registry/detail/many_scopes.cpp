#include <tallymark/registry/detail/many_scopes.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tallymark/index/concurrent_index.hpp>

using namespace tallymark;

namespace {

struct together : policies<concurrent_index> {};

template <class Registry>
std::vector<std::optional<holder>> found(const Registry& in, const std::vector<typename Registry::placed_text>& texts) {
  std::vector<std::optional<holder>> out(texts.size(), holder{99, hold::retired});
  in.find(texts, out);
  return out;
}

// 500 parts with up to 20 serial numbers each, one after the other in turn
std::vector<std::string> names(std::string_view prefix, int count) {
  std::vector<std::string> all;
  for (int i = 0; i < count; ++i) all.push_back(std::string(prefix) + std::to_string(i));
  return all;
}

template <class Registry>
void check_many_scopes() {
  Registry in;
  const auto parts = names("part ", 500), serials = names("SN-", 10), odd = names("x", 10);
  std::vector<typename Registry::placed_text> texts;
  for (std::size_t s = 0; s < 10; ++s)
    for (const std::string& part : parts) texts.emplace_back(part, serials[s]);
  for (const std::string& text : odd)
    for (const std::string& part : parts) texts.emplace_back(part, text);
  CHECK(found(in, texts) == std::vector<std::optional<holder>>(texts.size()));

  REQUIRE(in.claim(texts, 1000));
  const auto by = found(in, texts);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    REQUIRE(by[i] == holder{1000 + i, hold::claimed});
    REQUIRE(in.find(texts[i].first, texts[i].second) == by[i]);
  }
  texts.emplace_back("part 7", "SN-10");
  texts.emplace_back("another part", "SN-1");
  texts.emplace_back("part 7", "SN\t1");
  CHECK(found(in, texts)[texts.size() - 3] == std::nullopt);
  CHECK_FALSE(in.claim(texts));
  CHECK(found(in, texts) == [&] {
    auto as_before = by;
    as_before.resize(texts.size());
    return as_before;
  }());
  CHECK_FALSE(in.contains("part 7", "SN-10"));
}

}  // namespace

TEST_CASE("texts in many scopes are claimed and found in one call", "[registry]") {
  check_many_scopes<registry<>>();
  check_many_scopes<registry<together>>();
}

TEST_CASE("a claim in many scopes takes all or none, and answers for each", "[registry]") {
  registry<> in;
  REQUIRE(in.claim("motor", "7", 5));
  const std::vector<registry<>::placed_text> wanted{{"motor", "8"}, {"pump", "8"}, {"motor", " 8"}, {"motor", "7"},
                                                    {"pump", "7"},  {"pump", ""},  {"pump", "8"},   {"valve", "8"}};
  const auto done = in.claim(wanted, 20);
  REQUIRE(!done);
  CHECK(done.error() == std::vector<answer>{{},
                                            {},
                                            {failure{errc::named_twice, 0, 2}},
                                            {failure{errc::already_taken, 0, 1}, 5},
                                            {},
                                            {failure{errc::empty_text, 0, 0}},
                                            {failure{errc::named_twice, 0, 1}},
                                            {}});
  CHECK(in.inspect(wanted) == done.error());
  CHECK(!in.contains("motor", "8"));
  CHECK(!in.contains("pump", "8"));
  CHECK(!in.contains("valve", "8"));
  CHECK(in.claim(std::vector<registry<>::placed_text>{}));
  CHECK(in.next("pump") == "1");

  REQUIRE(in.claim(std::vector<registry<>::placed_text>{{"motor", "8"}, {"pump", "8"}}));
  CHECK(in.contains("motor", "8"));
  CHECK(in.find("pump", "8") == holder{no_item, hold::claimed});
}

TEST_CASE("where all is unique, what it is for does not matter", "[registry]") {
  struct acme : policies<unique_globally> {};
  registry<acme> in;
  using texts = std::vector<registry<acme>::placed_text>;
  CHECK(in.claim(texts{{"motor", "1"}, {"pump", "2"}}, 10));
  CHECK(in.inspect(texts{{"motor", "3"}, {"pump", "3"}}) ==
        std::vector<answer>{{}, {failure{errc::named_twice, 0, 1}}});
  CHECK(in.find({}, "2") == holder{11, hold::claimed});
}
