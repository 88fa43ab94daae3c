// Batch codes: by date, by a compile-time pattern, by a template from a settings file, in chains, and validated.
#include <tallymark/batch/chain_batch.hpp>
#include <tallymark/batch/date_batch.hpp>
#include <tallymark/batch/pattern_batch.hpp>
#include <tallymark/batch/template_batch.hpp>
#include <tallymark/batch/validated_batch.hpp>
#include <tallymark/record/hana.hpp>

#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <string_view>

using namespace tallymark;

struct job {
  std::string site;
  int line = 0;
};
BOOST_HANA_ADAPT_STRUCT(job, site, line);

// A rule: no slash, since codes become file names.
struct no_slash {
  constexpr result<opinion> operator()(std::string_view code) const {
    if (code.find('/') != code.npos) return fail(errc::refused_by_rule, code.find('/'), 1);
    return opinion::none;
  }
};

// Writes one code. The counters are for codes with a sequence.
template <class Policy, class Record>
std::string code_of(const Policy& policy, const Record& record, batch_counters& counters) {
  std::string code;
  const auto done = format_batch(policy, code, record, counters);
  return done ? code : "no code: " + std::string(message(done.error().code));
}

int main() {
  // The clock is a value: in production local_clock, which is the default, and in a test a fixed one.
  const fixed_clock new_year{{2027, 1, 1, 0, 30}};
  const job welding{"HAM", 7};
  batch_counters counters;

  const date_batch dated{new_year};
  std::cout << code_of(dated, welding, counters) << '\n';  // 2027-01-01

  // Calendar fields, members of the record, and a sequence that restarts when the rest changes.
  const pattern_batch<"{iso_year}W{iso_week:02}-{site}{line:02}-{sequence:03}", fixed_clock> pattern{new_year};
  std::cout << code_of(pattern, welding, counters) << '\n';        // 2026W53-HAM07-001
  std::cout << code_of(pattern, welding, counters) << '\n';        // 2026W53-HAM07-002
  std::cout << code_of(pattern, job{"MUC", 1}, counters) << '\n';  // 2026W53-MUC01-001

  // The same at run time, for values that are known only by name.
  constexpr std::string_view text = "{{ year }}{{ month:02 }}{% if part.ipn %}-{{ part.ipn }}{% endif %}";
  const auto read = template_batch<fixed_clock>::parse(text, new_year);
  const std::map<std::string, std::string, std::less<>> values{{"part.ipn", "M3-10"}};
  std::cout << code_of(*read, values, counters) << '\n';       // 202701-M3-10
  std::cout << code_of(*read, no_record{}, counters) << '\n';  // 202701

  // Errors in a template are found when it is read, with their position.
  constexpr std::string_view trap = "{{ year }}-W{{ week }}";
  const auto refused = template_batch<>::check(trap);
  std::cout << explain(refused.error(), trap) << '\n';

  // The first policy of a chain that writes something decides: an empty template writes nothing.
  const validated_batch policy(chain_batch(template_batch<>{}, dated), no_slash{});
  std::cout << code_of(policy, welding, counters) << '\n';  // 2027-01-01
  const auto checked = validate_batch(policy, " LOT/7 ");
  std::cout << explain(checked.error(), " LOT/7 ") << '\n';

  const bool right = code_of(pattern, welding, counters) == "2026W53-HAM07-003" && refused.error().at == 15 &&
                     code_of(*read, values, counters) == "202701-M3-10" && checked.error().at == 4 &&
                     code_of(policy, welding, counters) == "2027-01-01";
  return right ? 0 : 1;
}
