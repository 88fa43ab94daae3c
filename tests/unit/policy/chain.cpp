#include <tallymark/policy/chain.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string_view>
#include <type_traits>

using namespace tallymark;

namespace {

struct no_slash {
  constexpr result<opinion> operator()(std::string_view text) const {
    const auto at = text.find('/');
    if (at != text.npos) return fail(errc::refused_by_rule, at, 1);
    return opinion::none;
  }
};

struct legacy {
  constexpr result<opinion> operator()(std::string_view text) const {
    return text.starts_with("OLD") ? opinion::yes : opinion::none;
  }
};

struct at_most {
  std::size_t bytes;
  constexpr result<opinion> operator()(std::string_view text) const {
    if (text.size() > bytes) return fail(errc::text_too_long, bytes, text.size() - bytes);
    return opinion::none;
  }
};

constexpr result<opinion> no_blank(std::string_view text) {
  if (text.find(' ') != text.npos) return fail(errc::refused_by_rule, text.find(' '), 1);
  return opinion::none;
}

struct says_bool {
  bool operator()(std::string_view) const;
};
struct not_const {
  result<opinion> operator()(std::string_view);
};

}  // namespace

static_assert(validator<no_slash> && validator<at_most> && validator<decltype(&no_blank)>);
static_assert(!validator<says_bool> && !validator<not_const> && !validator<int>);

static_assert(chain<>{}("anything").has_value());
static_assert(chain<no_slash>{}("a/b").error() == failure{errc::refused_by_rule, 1, 1});
static_assert(chain<legacy, no_slash>{}("OLD/1").has_value());
static_assert(!chain<no_slash, legacy>{}("OLD/1"));
static_assert(chain<legacy, no_slash>{}("NEW1").has_value());
static_assert(chain(legacy{}, at_most{3})("NEW1").error() == failure{errc::text_too_long, 3, 1});
static_assert(chain(no_blank, [](std::string_view) -> result<opinion> { return opinion::yes; })("a").has_value());

static_assert(std::is_empty_v<chain<>> && std::is_empty_v<chain<no_slash, legacy, no_slash>>);
static_assert(sizeof(chain<no_slash, at_most>) == sizeof(at_most));
// a pointer to a function must be given, since a default could not be called
static_assert(std::is_default_constructible_v<chain<no_slash>> &&
              !std::is_default_constructible_v<chain<decltype(&no_blank)>>);

TEST_CASE("a text that no validator decides on is accepted", "[policy]") {
  CHECK(chain<>{}("x"));
  CHECK(chain<no_slash, legacy>{}("x"));
}

TEST_CASE("the first validator that refuses or accepts decides", "[policy]") {
  int asked = 0;
  const auto counting = [&](std::string_view) -> result<opinion> {
    ++asked;
    return opinion::none;
  };
  CHECK(chain(counting, no_slash{}, counting)("a/b").error() == failure{errc::refused_by_rule, 1, 1});
  CHECK(asked == 1);
  asked = 0;
  CHECK(chain(counting, legacy{}, counting, no_slash{})("OLD/"));
  CHECK(asked == 1);
  asked = 0;
  CHECK(chain(counting, legacy{}, counting, no_slash{}, counting)("NEW"));
  CHECK(asked == 3);
}

TEST_CASE("validators may have values", "[policy]") {
  const chain rules(at_most{2}, at_most{4});
  CHECK(rules("ab"));
  CHECK(rules("abc").error() == failure{errc::text_too_long, 2, 1});
  const chain again = rules;
  CHECK_FALSE(again("abc"));
}
