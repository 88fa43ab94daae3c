#include <map>
#include <optional>

#include <tallymark/batch/date_batch.hpp>
#include <tallymark/batch/template_batch.hpp>
#include <tallymark/calendar/clock.hpp>
#include <tallymark/policy/traits.hpp>

#include "commands.hpp"
#include "explain.hpp"

namespace tallymark::tool {

namespace {

using record = std::map<std::string, std::string, std::less<>>;

// The given time, or else the current one.
struct given_clock {
  std::optional<civil_time> time{};

  [[nodiscard]] civil_time now() const { return time ? *time : local_clock{}.now(); }
};

result<std::string> make_code(const batch_options& options, const record& values, const given_clock& clock) {
  std::string code;
  batch_counters counters;
  if (!options.pattern) {
    date_batch<given_clock>{clock}.format(code);
    return code;
  }
  const auto pattern = template_batch<given_clock>::parse(*options.pattern, clock);
  if (!pattern) return unexpected(pattern.error());
  if (const auto formatted = format_batch(*pattern, code, values, counters); !formatted)
    return unexpected(formatted.error());
  if (code.empty()) return fail(errc::empty_text);
  return code;
}

}  // namespace

int run_batch(const batch_options& options, output& out) {
  record values;
  for (const std::string& assignment : options.set) {
    const std::size_t equals = assignment.find('=');
    if (equals == 0 || equals == assignment.npos) {
      say("tallymark: --set: '{}' is not of the form name=value\n", shown(assignment));
      return usage;
    }
    values[assignment.substr(0, equals)] = assignment.substr(equals + 1);
  }
  given_clock clock;
  if (options.at) {
    const auto time = civil_time::parse(*options.at);
    if (!time) {
      complain(*options.at, {&time.error(), 1});
      return usage;
    }
    clock.time = *time;
  }
  const auto code = make_code(options, values, clock);
  if (!code) {
    complain(*options.pattern, {&code.error(), 1});
    return refused;
  }
  out.text.append(*code).append(1, '\n');
  return accepted;
}

}  // namespace tallymark::tool
