#include <optional>
#include <string>
#include <string_view>

#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>

#include "commands.hpp"
#include "explain.hpp"
#include "schemes.hpp"
#include "write_serials.hpp"

namespace tallymark::tool {

namespace {

// Replaces the escapes `\n`, `\r`, `\t`, `\0` and `\\`. Nothing if another character follows a backslash.
std::optional<std::string> unescaped(std::string_view text) {
  constexpr std::string_view names = "nrt0\\", meanings("\n\r\t\0\\", 5);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    const std::size_t escape = ++i < text.size() ? names.find(text[i]) : names.npos;
    if (escape == names.npos) return std::nullopt;
    out += meanings[escape];
  }
  return out;
}

// The first serial number to generate: the given one, or else the first of the scheme.
result<serial_number> first_of(const scheme& kind, const generate_options& options, std::string& storage) {
  if (!options.start) return kind.calls->begin(kind.example, storage);
  const auto first = kind.calls->parse(*options.start);
  if (first && !first->family.counts()) return fail(errc::no_counter, 0, options.start->size());
  return first;
}

template <bool HasRules>
int generate(const scheme& kind, const serial_number& first, std::uint64_t count, std::string_view separator,
             output& out) {
  const numbering<any_serial<HasRules>, step<1>> numbers{any_serial<HasRules>(*kind.calls), {}};
  run_list serials;
  if (const auto taken = numbers.take(first, count, serials); !taken) {
    const std::string from = numbers.text(first);
    const failure why{taken.error().code, 0, static_cast<std::uint32_t>(from.size())};
    complain(from, {&why, 1});
    say("tallymark: --count: {} serial numbers are requested, but from here on only {} {} left\n", count,
        serials.serials(), serials.serials() == 1 ? "is" : "are");
    return refused;
  }
  write_serials(serial_range(numbers, serials), separator, out);
  return accepted;
}

}  // namespace

int run_generate(const generate_options& options, output& out) {
  const scheme* const found = find_scheme(options.scheme);
  if (!found) return usage;
  const auto separator = unescaped(options.separator);
  if (!separator) {
    say("tallymark: --separator: '{}': a backslash must be followed by n, r, t, 0 or another backslash\n",
        shown(options.separator));
    return usage;
  }
  std::string storage;
  const auto first = first_of(*found, options, storage);
  if (!first) {
    complain(options.start.value_or(std::string()), {&first.error(), 1});
    return refused;
  }
  const auto run = found->calls->accepts != nullptr ? generate<true> : generate<false>;
  return run(*found, *first, options.count, *separator, out);
}

}  // namespace tallymark::tool
