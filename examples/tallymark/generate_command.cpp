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

// `\n`, `\r`, `\t`, `\0` and `\\` are what they are in most languages. None if something else follows a backslash.
std::optional<std::string> unescaped(std::string_view text) {
  constexpr std::string_view names = "nrt0\\", meanings("\n\r\t\0\\", 5);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    const std::size_t which = ++i < text.size() ? names.find(text[i]) : names.npos;
    if (which == names.npos) return std::nullopt;
    out += meanings[which];
  }
  return out;
}

// The first of those to generate: what was given, else what the scheme begins with.
result<serial_number> first_of(const scheme& of, const generate_options& options, std::string& storage) {
  if (!options.start) return of.calls->begin(of.example, storage);
  const auto first = of.calls->parse(*options.start);
  if (first && !first->family.counts()) return fail(errc::no_counter, 0, options.start->size());
  return first;
}

template <bool HasRules>
int generate(const scheme& of, const serial_number& first, std::uint64_t count, std::string_view separator,
             output& out) {
  const numbering<any_serial<HasRules>, step<1>> numbers{any_serial<HasRules>(*of.calls), {}};
  run_list serials;
  if (const auto done = numbers.take(first, count, serials); !done) {
    const std::string from = numbers.text(first);
    const failure why{done.error().code, 0, static_cast<std::uint32_t>(from.size())};
    complain(from, {&why, 1});
    say("tallymark: --count: {} serial numbers are wanted; from here on there {} {}\n", count,
        serials.serials() == 1 ? "is" : "are", serials.serials());
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
    say("tallymark: --separator: '{}': after a backslash comes n, r, t, 0 or another backslash\n",
        shown(options.separator));
    return usage;
  }
  std::string storage;
  const auto first = first_of(*found, options, storage);
  if (!first) {
    complain(options.start.value_or(std::string()), {&first.error(), 1});
    return refused;
  }
  const auto with = found->calls->accepts != nullptr ? generate<true> : generate<false>;
  return with(*found, *first, options.count, *separator, out);
}

}  // namespace tallymark::tool
