#include <tallymark/gs1/sscc18.hpp>

#include <tallymark/gs1/key.hpp>
#include <tallymark/policy/concepts.hpp>
#include <tallymark/testing/laws.hpp>

#include <rapidcheck.h>
#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

#include "../../support/compile_time.hpp"
#include "../../support/many.hpp"

using namespace tallymark;

namespace {

using own = sscc18<"0614141", 1>;
using shortest = sscc18<"0614">;
using longest = sscc18<"061414112345", 9>;

template <class Serial>
constexpr std::string text_of(std::uint64_t ordinal) {
  std::string out;
  Serial{}.format(out, ordinal);
  return out;
}

template <class Serial>
void check_laws(const std::vector<std::string>& texts) {
  const std::vector<std::uint64_t> ordinals{0, 1, 8, 9, 10, 99, 100, 999, 123'456'789, 99'999'999'999'999'999};
  if (const auto broken = testing::check_serial_laws(Serial{}, texts, ordinals))
    FAIL(broken->law + ": " + broken->seen);
  if (const auto broken = testing::check_spelling_order(Serial{}, {}, ordinals))
    FAIL(broken->law + ": " + broken->seen);
  const std::uint64_t last = Serial::last();
  for (const std::uint64_t first :
       {std::uint64_t{0}, std::uint64_t{5}, last / 2, last - std::min<std::uint64_t>(last, 2345)})
    for (const std::string_view between : {"", "\n", "\r\n"})
      if (const auto broken = testing::check_writing_laws(Serial{}, {{}, first},
                                                          std::min<std::uint64_t>(2345, last - first + 1), between))
        FAIL(broken->law + ": " + broken->seen);
  std::uint64_t state = 7;
  std::string text;
  for (int i = 0; i < many; ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    const std::uint64_t ordinal = (state >> 3U) % (last + 1);
    text.clear();
    Serial{}.format(text, ordinal);
    if (Serial{}.parse(text) != ordinal) FAIL(text);
  }
}

}  // namespace

static_assert(ordinal_serial_policy<own> && serial_policy<sscc18<>>);
static_assert(own::last() == 999'999'999 && shortest::last() == 999'999'999'999 && longest::last() == 9999);
static_assert(sscc18<>::last() == 99'999'999'999'999'999);
static_assert(own{}.parse("106141411234567897") == 123'456'789);
static_assert(sscc18<>{}.parse("106141411234567897") == 10'614'141'123'456'789);
static_assert(sscc18<"0718908">{}.parse("007189085627231896") == 562'723'189);
static_assert(sscc18<>{}.parse("123456789012345675") == 12'345'678'901'234'567);
static_assert(sscc18<>{}.parse("123456789012345670").error() == fail(errc::wrong_check, 17, 1, "5").value());
static_assert(own{}.parse("106141411234567898").error() == fail(errc::wrong_check, 17, 1, "7").value());
static_assert(own{}.parse("006141411234567897").error() == failure{errc::not_a_serial, 0, 1, {}});
static_assert(own{}.parse("106141421234567897").error() == failure{errc::not_a_serial, 1, 7, {}});
static_assert(own{}.parse("10614141123456789").error() == failure{errc::check_missing, 17, 0, {'7'}});
static_assert(own{}.parse("1061414112345678").error() == failure{errc::wrong_width, 0, 16, {}});
static_assert(own{}.parse("1061414112345678970").error() == failure{errc::wrong_width, 0, 19, {}});
static_assert(own{}.parse("10614141123456789X").error() == failure{errc::wrong_character, 17, 1, {}});
static_assert(serial_traits<own>::parse({}, " 106141411234567898").error() ==
              fail(errc::wrong_check, 18, 1, "7").value());
STATIC_CHECK_WITH_STRING(text_of<own>(123'456'789) == "106141411234567897");

TEST_CASE("SSCCs obey the laws", "[gs1]") {
  check_laws<own>({"106141411234567897", "106141410000000008", "206141411234567897", "106141411234567896", "x", ""});
  check_laws<shortest>({"106141411234567897"});
  check_laws<longest>({"106141411234567897"});
  check_laws<sscc18<>>({"106141411234567897", "007189085627231896", "123456789012345675", "123456789012345670"});
}

TEST_CASE("every written SSCC is a GS1 key", "[gs1]") {
  REQUIRE(rc::check([](std::uint32_t ordinal) {
    const auto read = gs1::sscc::parse(text_of<shortest>(ordinal));
    RC_ASSERT(read.has_value());
    RC_ASSERT(read->view().starts_with("00614"));
  }));
}
