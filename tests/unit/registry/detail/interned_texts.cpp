#include <tallymark/registry/detail/interned_texts.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

using tallymark::detail::interned_texts;

TEST_CASE("texts are copied one after the other, and stay", "[registry]") {
  interned_texts texts;
  std::vector<std::string> given;
  std::vector<const char*> kept;
  for (std::size_t i = 0; i < 20'000; ++i) {
    given.push_back(std::to_string(i) + std::string(i % 50, 'x'));
    if (i % 5000 == 0) given.back().append(100'000, 'y');  // more than a chunk
    const std::string_view all = given.back();
    kept.push_back(texts.keep(all.substr(0, i % 7), all.size() < i % 7 ? "" : all.substr(i % 7)));
  }
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < given.size(); ++i) wrong += std::string_view(kept[i], given[i].size()) != given[i];
  CHECK(wrong == 0);
}

TEST_CASE("a text may be empty", "[registry]") {
  interned_texts texts;
  const char* const before = texts.keep("", "");
  CHECK(std::string_view(texts.keep("a", ""), 1) == "a");
  CHECK(std::string_view(texts.keep("", "b"), 1) == "b");
  CHECK(std::string_view(before, 0).empty());
}
