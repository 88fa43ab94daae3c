#include <tallymark/expression/expansion.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string_view>

#include "expand.hpp"

using namespace tallymark;

namespace {

// a dialect of a user: `all` names as many serial numbers as are wanted
struct how_many {
  template <class Numbers, class Source>
  constexpr expansion expand(std::string_view text, std::uint64_t quantity, const Numbers&, const Source&) const {
    expansion out;
    if (text == "all")
      out.serials.add(run{{}, 1, quantity});
    else
      out.errors.push_back({errc::not_a_group, 0, 1});
    return out;
  }
};

struct without_a_source {
  constexpr expansion expand(std::string_view, std::uint64_t) const { return {}; }
};

using numbers_type = numbering<text_serial<>, step<1>>;
using source_type = after_latest<text_serial<>, step<1>>;

}  // namespace

static_assert(expression_dialect<how_many, numbers_type, source_type>);
static_assert(!expression_dialect<how_many, numbers_type, int>);
static_assert(!expression_dialect<without_a_source, numbers_type, source_type>);
static_assert(names(how_many{}, "all", 3, {{{}, 1, 3}}));
static_assert(refuses(how_many{}, "some", 3, {{errc::not_a_group, 0, 1}}));

TEST_CASE("an expansion is true if there is no error", "[expression]") {
  expansion out;
  CHECK(out);
  out.errors.push_back({errc::empty_text, 0, 0});
  CHECK_FALSE(out);
}

TEST_CASE("expansions are equal if they hold the same runs and errors", "[expression]") {
  const auto expand = [](std::string_view text, std::uint64_t quantity) {
    return how_many{}.expand(text, quantity, by_text, after_latest(by_text));
  };
  CHECK(expand("all", 3) == expand("all", 3));
  CHECK(expand("all", 3) != expand("all", 4));
  CHECK(expand("all", 3) != expand("some", 3));
}
