#include <tallymark/stock/detail/row_texts.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

using namespace tallymark;

namespace {

struct note {
  std::string site;
  int shelf = 0;
};
struct label {
  std::string text;
  bool operator==(const label&) const = default;
};

}  // namespace

template <>
struct tallymark::record_traits<note> {
  static constexpr std::array<std::string_view, 3> names{"site", "shelf", "both"};
  static constexpr std::tuple members{&note::site, &note::shelf,
                                      [](const note& of) { return of.site + std::to_string(of.shelf); }};
};
template <>
struct tallymark::record_traits<label> {
  static constexpr std::array<std::string_view, 1> names{"text"};
  static constexpr std::tuple members{&label::text};
};

TEST_CASE("members are texts by name, and are read back", "[stock]") {
  CHECK(detail::names_of_members<note>().size() == 3);
  CHECK(detail::names_of_members<no_record>().empty());
  std::vector<std::string> texts;
  detail::append_texts(note{"north", 7}, texts);
  CHECK(texts == std::vector<std::string>{"north", "7", "north7"});
  const auto back = detail::data_of<note>(texts);
  REQUIRE(back);
  CHECK(back->site == "north");
  CHECK(back->shelf == 7);
}

TEST_CASE("data whose texts are all empty has none", "[stock]") {
  std::vector<std::string> texts;
  detail::append_texts(label{}, texts);
  CHECK(texts.empty());
  CHECK(detail::data_of<label>(texts) == label{});
  detail::append_texts(no_record{}, texts);
  CHECK(texts.empty());
  CHECK(detail::data_of<no_record>({}) == no_record{});
}

TEST_CASE("texts that do not fit are refused; a member that was not written yet is as at first", "[stock]") {
  CHECK(detail::data_of<note>(std::vector<std::string>{"north", "seven", ""}).error().code == errc::not_a_number);
  CHECK(detail::data_of<note>(std::vector<std::string>{"north"}).error().code == errc::journal_corrupt);
  CHECK(detail::data_of<note>(std::vector<std::string>{"north", "", ""})->shelf == 0);
}
