#include <tallymark/gs1/detail/ai_table.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>

#include <tallymark/gs1/application_identifier.hpp>

using namespace tallymark::gs1;

namespace {

constexpr bool is_in_order() {
  for (std::size_t i = 1; i < detail::ai_table.size(); ++i)
    if (detail::ai_table[i - 1].last >= detail::ai_table[i].first) return false;
  return true;
}

// all AIs that a rule names exist
bool names_exist(std::string_view names) {
  for (std::size_t at = 0; at < names.size();) {
    const std::size_t end = std::min(names.find_first_of(",+|", at), names.size());
    std::string name(names.substr(at, end - at));
    if (name != "*") {
      bool found = false;
      for (unsigned number = 0; number < 10'000; ++number) {
        if (!application_identifier::find(number)) continue;
        std::string digits = std::to_string(number);
        if (digits.size() < 2) digits.insert(0, 1, '0');
        found =
            found || (digits.size() == name.size() && std::equal(name.begin(), name.end(), digits.begin(),
                                                                 [](char n, char d) { return n == 'n' || n == d; }));
      }
      if (!found) return false;
    }
    at = end + 1;
  }
  return true;
}

}  // namespace

static_assert(is_in_order());

TEST_CASE("the table is well-formed", "[gs1]") {
  std::size_t count = 0;
  for (unsigned number = 0; number < 10'000; ++number) count += application_identifier::find(number) ? 1U : 0U;
  CHECK(count == 541);  // the number in the dictionary
  for (const auto& row : detail::ai_table) {
    INFO(row.first);
    CHECK(row.first <= row.last);
    CHECK((row.first % 10 <= row.last % 10));
    CHECK(names_exist(row.needs));
    CHECK(names_exist(row.excludes));
    CHECK(names_exist(row.qualifiers));
    std::size_t most = 0;
    bool may_end = false;
    for (auto form = row.form; !form.empty();) {
      const auto part = detail::next_component(form);
      CHECK(std::string_view("NXYZ").find(part.kind) != std::string_view::npos);
      CHECK((0 < part.least && part.least <= part.most));
      CHECK((part.optional || !may_end));
      may_end = part.optional;
      most += part.most;
    }
    CHECK((0 < most && most <= 90));
  }
}
