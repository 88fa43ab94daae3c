// Measures which errors each check misses, prints the table of docs/check/choosing.md, and compares it with known
// values.
#include <tallymark/check/crockford.hpp>
#include <tallymark/check/damm.hpp>
#include <tallymark/check/gs1.hpp>
#include <tallymark/check/iso7064.hpp>
#include <tallymark/check/luhn.hpp>
#include <tallymark/check/mod43.hpp>
#include <tallymark/check/verhoeff.hpp>
#include <tallymark/check/weighted.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <utility>

using namespace tallymark;

namespace {

// How many errors were tried, and how many the check missed.
struct share {
  std::uint64_t made = 0, missed = 0;

  double percent() const { return made == 0 ? 0 : 100.0 * static_cast<double>(missed) / static_cast<double>(made); }
};

struct detection {
  share single, swap, jump, twin, phonetic;
};

// Errors in random payloads, with the check characters of the correct payload: all possible errors of each kind.
template <class Check>
detection measure(std::string_view symbols) {
  constexpr int payloads = 1500;
  std::size_t length = 8;
  if constexpr (requires { Check::payload; }) length = Check::payload;
  const Check check;
  std::mt19937_64 random(7064);
  const auto symbol = [&] { return symbols[random() % symbols.size()]; };
  detection seen;
  for (int i = 0; i < payloads; ++i) {
    std::string right(length, ' ');
    for (char& c : right) c = symbol();
    // counts the changed payload, then undoes the change
    const auto count = [&](share& kind, const std::string& from, const std::string& to) {
      if (from == to) return;
      ++kind.made;
      if (*check(from) == *check(to)) ++kind.missed;
    };
    const auto with = [&](std::size_t at, std::string_view symbols_there) {
      std::string text = right;
      std::copy(symbols_there.begin(), symbols_there.end(), text.begin() + static_cast<std::ptrdiff_t>(at));
      return text;
    };
    for (std::size_t at = 0; at < length; ++at) {
      for (const char other : symbols) count(seen.single, right, with(at, {&other, 1}));
      // the check character may be between the two
      bool apart = false;
      if constexpr (requires { Check::position; }) apart = at + 1 == Check::position;
      if (at + 1 == length || apart) continue;
      const char a = right[at], b = right[at + 1];
      count(seen.swap, right, with(at, std::string{b, a}));
      for (const char other : symbols) count(seen.twin, with(at, std::string(2, a)), with(at, std::string(2, other)));
      if (symbols == "0123456789" && a > '2')
        count(seen.phonetic, with(at, std::string{'1', a}), with(at, std::string{a, '0'}));
      if (at + 2 == length) continue;
      if constexpr (requires { Check::position; }) apart = at + 2 == Check::position;
      if (!apart) count(seen.jump, right, with(at, std::string{right[at + 2], b, a}));
    }
  }
  return seen;
}

int wrong = 0;

// Known values of a check, in percent; -1 if unknown.
struct known {
  double single = 0, swap = -1, jump = -1, twin = -1, phonetic = -1;
};

template <class Check>
void row(std::string_view name, std::string_view symbols_named, std::string_view symbols, const known& facts) {
  const detection seen = measure<Check>(symbols);
  const auto agree = [&](const share& kind, double percent) {
    // a measured share is close to the known one, and 0 and 100 percent are exact
    const double off = kind.percent() - percent;
    if (percent < 0 || off == 0 || (percent > 0 && percent < 100 && std::abs(off) < (percent < 1 ? 0.2 : 0.8))) return;
    std::printf("not as known: %.*s, %g %% instead of %g %%\n", static_cast<int>(name.size()), name.data(),
                kind.percent(), percent);
    ++wrong;
  };
  agree(seen.single, facts.single);
  agree(seen.swap, facts.swap);
  agree(seen.jump, facts.jump);
  agree(seen.twin, facts.twin);
  agree(seen.phonetic, facts.phonetic);
  const auto cell = [](const share& kind) {
    char text[16] = "-";
    if (kind.missed == 0 && kind.made > 0)
      std::snprintf(text, sizeof text, "0");
    else if (kind.made > 0)
      std::snprintf(text, sizeof text, "%.2f %%", kind.percent());
    return std::string(text);
  };
  std::printf("| `%.*s` | %.*s | %s | %s | %s | %s | %s |\n", static_cast<int>(name.size()), name.data(),
              static_cast<int>(symbols_named.size()), symbols_named.data(), cell(seen.single).c_str(),
              cell(seen.swap).c_str(), cell(seen.jump).c_str(), cell(seen.twin).c_str(), cell(seen.phonetic).c_str());
}

}  // namespace

int main() {
  constexpr std::string_view digits = "0123456789", letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::puts("| check | payload | one symbol | swap | jump swap | twins | phonetic |");
  std::puts("| --- | --- | --- | --- | --- | --- | --- |");
  // 09 and 90 of 90 swaps; swaps of a digit above and one below are detected, whatever their place
  row<luhn>("luhn", "digits", digits, {.swap = 2.22, .jump = 100});
  row<damm>("damm", "digits", digits, {.swap = 0, .phonetic = 0});
  row<verhoeff>("verhoeff", "digits", digits, {.swap = 0});
  // digits that differ by five: 10 of 90
  row<gs1_mod10>("gs1_mod10", "digits", digits, {.swap = 11.11, .jump = 100});
  row<iso7064_mod11_2>("iso7064_mod11_2", "digits", digits, {.swap = 0, .jump = 0, .twin = 0});
  row<iso7064_mod11_10>("iso7064_mod11_10", "digits", digits, {.swap = 2.22});
  row<iso7064_mod97_10>("iso7064_mod97_10", "digits", digits, {.swap = 0, .jump = 0, .twin = 0, .phonetic = 0});
  row<isbn10_mod11>("isbn10_mod11", "9 digits", digits, {.swap = 0, .jump = 0});
  row<issn_mod11>("issn_mod11", "7 digits", digits, {.swap = 0, .jump = 0});
  row<iso7064_mod37_2>("iso7064_mod37_2", "digits and letters", letters, {.swap = 0, .jump = 0, .twin = 0});
  row<iso7064_mod37_36>("iso7064_mod37_36", "digits and letters", letters, {.swap = 0.16});
  // B1 and 1B are both 111, 2M and M2 are 222, 3X and X3 are 333: 6 of 1260 swaps; replacing a digit by a letter
  // makes one digit two, or the reverse
  row<iso7064_mod97_10>("iso7064_mod97_10", "digits and letters", letters, {.single = 0.4, .swap = 0.48});
  row<luhn_mod<"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ">>("luhn_mod", "digits and letters", letters,
                                                        {.swap = 0.16, .jump = 100});
  row<luhn_mod<"0123456789ABCDEFGHJKLMNPRSTUVWXYZ">>("luhn_mod", "33 symbols", "0123456789ABCDEFGHJKLMNPRSTUVWXYZ",
                                                     {.single = 1.56, .jump = 100});
  row<code39_mod43>("code39_mod43", "its 43 symbols", code39_mod43::symbols, {.swap = 100, .jump = 100, .twin = 0});
  row<crockford_mod37>("crockford_mod37", "its 32 symbols", crockford_mod37::symbols,
                       {.swap = 0, .jump = 0, .twin = 0});
  row<gs1_pair>("gs1_pair", "CSET 82", gs1_pair::symbols, {.swap = 0, .jump = 0});
  row<vin_check>("vin_check", "16 characters", vin_check::symbols, {.single = -1});
  return wrong == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
