#include <tallymark/record/hana.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include <tallymark/batch/pattern_batch.hpp>
#include <tallymark/batch/template_batch.hpp>

using namespace tallymark;

namespace theirs {
namespace {

struct part {
  std::string ipn;
  int revision = 0;
};
struct lot {
  BOOST_HANA_DEFINE_STRUCT(lot, (std::string, site), (part, of), (std::optional<date>, expiry));
};
struct empty {};
struct unknown {
  int x;
};

}  // namespace
}  // namespace theirs

BOOST_HANA_ADAPT_STRUCT(theirs::part, ipn, revision);
BOOST_HANA_ADAPT_STRUCT(theirs::empty);

static_assert(adapted_record<theirs::part> && adapted_record<const theirs::lot>);
static_assert(!adapted_record<theirs::empty> && !adapted_record<theirs::unknown> && !adapted_record<std::string> &&
              !adapted_record<int>);
static_assert(member_names<theirs::lot>.size() == 3 && member_names<theirs::lot>[2] == "expiry");
static_assert(std::is_same_v<member_type_at<theirs::lot, "of.revision">, int>);
static_assert(member_index<theirs::part>("revision") == 1);

TEST_CASE("members of an adapted struct are read and written", "[record]") {
  theirs::lot one{"HAM", {"X-1", 7}, {}};
  CHECK(member<0>(one) == "HAM");
  member<1>(member<1>(one)) = 8;
  CHECK(one.of.revision == 8);
  int seen = 0;
  CHECK(visit_member(one, "of.revision", [&]<class T>(const T& value) {
    if constexpr (std::is_same_v<T, int>) seen = value;
  }));
  CHECK(seen == 8);
}

TEST_CASE("an adapted struct is the record of a pattern and of a template", "[record]") {
  const theirs::lot one{"HAM", {"X-1", 7}, std::chrono::year{2027} / 1 / 31};
  std::string code;
  CHECK(pattern_batch<"{site}/{of.ipn}.{of.revision:03}/{expiry}">{}.format(code, one));
  CHECK(code == "HAM/X-1.007/2027-01-31");
  code.clear();
  batch_counters counters;
  const auto parsed =
      template_batch<>::parse("{{ site }}/{{ of.ipn }}.{{ of.revision:03 }}{% if expiry %}/{{ expiry }}{% endif %}");
  CHECK(parsed->format(code, one, counters));
  CHECK(code == "HAM/X-1.007/2027-01-31");
}
