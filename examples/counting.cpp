// Counting in runs: a serial policy and an increment policy together, and errors as values.
#include <tallymark/increment/step.hpp>
#include <tallymark/number/batch_counters.hpp>
#include <tallymark/number/text.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/text.hpp>

#include <iostream>
#include <string>
#include <string_view>

using namespace tallymark;

constexpr numbering<text_serial<>, step<1>> rules;

// The text rule, for everything that names something.
static_assert(trimmed("  SN-1 \n") == "SN-1");
static_assert(validate_text("a\tb").error() == failure{errc::control_character, 1, 1});

// A function that can fail returns a result: the value, or a failure with a code and a position.
result<std::uint64_t> ordinal_of(std::string_view text) {
  const auto serial = rules.parse(text);
  if (!serial) return unexpected<failure>(serial.error());
  if (!serial->family.counts()) return fail(errc::no_counter, 0, text.size());
  return serial->ordinal;
}

int main() {
  // 4 from SN-098 on are two runs: with a leading zero, three digits end at SN-099
  run_list taken;
  (void)rules.take(rules.parse("SN-098").value(), 4, taken);
  for (const run& each : taken)
    std::cout << rules.text({each.family, each.first}) << " to " << rules.text({each.family, each.last()}) << '\n';

  // a range, but no more than the limit
  run_list five;
  const auto counted = rules.range(rules.parse("1").value(), rules.parse("4000000000").value(), 5, five);

  // taken numbers are skipped: here 1 to 1000000 are taken
  run_list free_ones;
  const auto found = rules.take_free(
      rules.parse("1").value(), 2,
      [](const serial_number& at) {
        return at.ordinal <= 1'000'000 ? stretch{true, 1'000'001 - at.ordinal} : stretch{false, 1};
      },
      free_ones);

  const std::string_view input = "SN-QQQ";
  const auto ordinal = ordinal_of(input);
  if (!ordinal) std::cout << explain(ordinal.error(), input) << '\n';

  batch_counters counters;  // one counter for each rest of a batch code
  const auto first = counters.take("2026-11-23-"), second = counters.take("2026-11-23-"),
             other = counters.take("2026-11-24-");

  return taken.size() == 2 && taken.serials() == 4 && counted && five.serials() == 5 && found &&
                 free_ones[0].first == 1'000'001 && !ordinal && first == 1 && second == 2 && other == 1
             ? 0
             : 1;
}
