// generate/checked/...: consecutive serial numbers with a check character, compared with copying memory and with
// formatting each of them.
#include <benchmark/benchmark.h>
#include <fmt/compile.h>

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include <tallymark/check/damm.hpp>
#include <tallymark/check/iso7064.hpp>
#include <tallymark/check/luhn.hpp>
#include <tallymark/registry/serial_range.hpp>
#include <tallymark/serial/checked.hpp>
#include <tallymark/serial/prefixed.hpp>

#include "texts.hpp"

namespace {

using namespace tallymark;
using namespace bench;

constexpr std::size_t payload = 12, length = payload + 1;

// ---- straightforward check characters: over a payload of digits, or of digits and capital letters -------------------

struct plain_luhn {
  using policy = checked_serial<prefixed_serial<"4012", 8>, luhn>;
  static constexpr std::string_view prefix = "4012";
  static constexpr auto format = FMT_COMPILE("4012{:08}");

  static char check(const char* text) {
    int sum = 0;
    for (std::size_t i = 0; i < payload; ++i) {
      int digit = text[payload - 1 - i] - '0';
      if (i % 2 == 0) digit = digit < 5 ? 2 * digit : 2 * digit - 9;
      sum += digit;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
  }
};

struct plain_mod37_2 {
  using policy = checked_serial<prefixed_serial<"ACME", 8>, iso7064_mod37_2>;
  static constexpr std::string_view prefix = "ACME";
  static constexpr auto format = FMT_COMPILE("ACME{:08}");

  static char check(const char* text) {
    int state = 0;
    for (std::size_t i = 0; i < payload; ++i)
      state = (state + (text[i] <= '9' ? text[i] - '0' : text[i] - 'A' + 10)) * 2 % 37;
    return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"[(38 - state) % 37];
  }
};

struct plain_damm {
  using policy = checked_serial<prefixed_serial<"4012", 8>, damm>;
  static constexpr std::string_view prefix = "4012";
  static constexpr auto format = FMT_COMPILE("4012{:08}");

  static char check(const char* text) {
    static constexpr char table[10][11] = {"0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
                                           "3674209581", "5869720134", "8945362017", "9438617205", "2581436790"};
    int state = 0;
    for (std::size_t i = 0; i < payload; ++i) state = table[state][text[i] - '0'] - '0';
    return static_cast<char>('0' + state);
  }
};

// ---- the rows -------------------------------------------------------------------------------------------------------

// All competitors write to the same memory.
template <class Check, std::uint64_t Count>
struct generate {
  static constexpr std::size_t size = Count * length;
  static constexpr run serials{{}, 1, Count};

  static void to_chars(char* out, std::uint64_t n) {
    std::memcpy(out, Check::prefix.data(), 4);
    std::memset(out + 4, '0', 8);
    std::ptrdiff_t digits = 1;
    for (std::uint64_t power = 10; digits < 8 && n >= power; power *= 10) ++digits;
    std::to_chars(out + payload - digits, out + payload, n);
    out[payload] = Check::check(out);
  }
  static void fmt(char* out, std::uint64_t n) {
    fmt::format_to(out, Check::format, n);
    out[payload] = Check::check(out);
  }

  static char* out() {
    static const bytes memory = pages(size + 1);
    return memory.get();
  }
  // the expected texts, written without the library
  static const char* expected() {
    static const bytes memory = [] {
      bytes texts = pages(size);
      for (std::uint64_t i = 0; i < Count; ++i) to_chars(texts.get() + i * length, i + 1);
      return texts;
    }();
    return memory.get();
  }

  template <class Write>
  static void run_with(benchmark::State& state, Write write) {
    time_writing(state, out(), expected(), size, Count, write);
  }

  template <class WriteOne>
  static void one_by_one(benchmark::State& state, WriteOne write_one) {
    run_with(state, [&] {
      char* to = out();
      for (std::uint64_t n = 1; n <= Count; ++n, to += length) write_one(to, n);
    });
  }

  static void add(const std::string& check) {
    const auto row = [&](const char* competitor, auto function) {
      benchmark::RegisterBenchmark(("generate/checked/" + check + "/" + competitor).c_str(), function)
          ->Unit(benchmark::kMicrosecond);
    };
    row("tallymark", [](benchmark::State& state) {
      const serial_range texts(typename Check::policy{}, serials);
      run_with(state, [&] { texts.write_to({out(), size}, ""); });
    });
    row("memcpy", [](benchmark::State& state) { run_with(state, [] { std::memcpy(out(), expected(), size); }); });
    row("to_chars", [](benchmark::State& state) { one_by_one(state, to_chars); });
    row("fmt", [](benchmark::State& state) { one_by_one(state, fmt); });
  }
};

const bool registered = [] {
  generate<plain_luhn, 1'000'000>::add("luhn");
  generate<plain_mod37_2, 1'000'000>::add("mod37_2");
  generate<plain_damm, 1'000'000>::add("damm");
  return true;
}();

}  // namespace
