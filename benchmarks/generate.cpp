// generate/...: consecutive serial numbers as text in memory, compared with copying memory and the usual ways to
// format.
#include <benchmark/benchmark.h>
#include <fmt/compile.h>

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <tallymark/registry/serial_range.hpp>
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/prefixed.hpp>

#include "texts.hpp"

namespace {

using namespace tallymark;
using namespace bench;

// ---- the texts, and how each competitor formats one -----------------------------------------------------------------

// `SN-` and nine digits
struct labels {
  using policy = prefixed_serial<"SN-", 9>;
  static constexpr std::size_t length = 12;

  // to_chars does not pad: writes zeros, then the digits at the end, counted without a division
  static void to_chars(char* out, std::uint64_t n) {
    std::memcpy(out, "SN-000000000", length);
    std::ptrdiff_t digits = 1;
    for (std::uint64_t power = 10; digits < 9 && n >= power; power *= 10) ++digits;
    std::to_chars(out + length - digits, out + length, n);
  }
  static void fmt(char* out, std::uint64_t n) { fmt::format_to(out, FMT_COMPILE("SN-{:09}"), n); }
  // writes a zero after the text
  static void snprintf(char* out, std::uint64_t n) {
    std::snprintf(out, length + 1, "SN-%09llu", static_cast<unsigned long long>(n));
  }
  // the obvious code, without regard to speed
  static std::string string(std::uint64_t n) {
    const std::string digits = std::to_string(n);
    return "SN-" + std::string(9 - digits.size(), '0') + digits;
  }
};

// six symbols in base 33
struct symbols_of_33 {
  static constexpr char symbols[] = "0123456789ABCDEFGHJKLMNPQRSTVWXYZ";
  using policy = alphabet_serial<"0123456789ABCDEFGHJKLMNPQRSTVWXYZ", 6>;
  static constexpr std::size_t length = 6;

  // to_chars knows base 33, but neither padding nor these symbols
  static void to_chars(char* out, std::uint64_t n) {
    std::memcpy(out, "000000", length);
    std::ptrdiff_t digits = 1;
    for (std::uint64_t power = 33; digits < 6 && n >= power; power *= 33) ++digits;
    std::to_chars(out + length - digits, out + length, n, 33);
    for (std::size_t i = 0; i < length; ++i) out[i] = symbols[out[i] <= '9' ? out[i] - '0' : out[i] - 'a' + 10];
  }
  // fmt and snprintf do not support base 33: they get the symbols
  static std::array<char, length> spelled(std::uint64_t n) {
    std::array<char, length> text;
    for (std::size_t i = length; i-- > 0; n /= 33) text[i] = symbols[n % 33];
    return text;
  }
  static void fmt(char* out, std::uint64_t n) {
    const auto text = spelled(n);
    fmt::format_to(out, FMT_COMPILE("{}"), std::string_view(text.data(), length));
  }
  static void snprintf(char* out, std::uint64_t n) {
    const auto text = spelled(n);
    std::snprintf(out, length + 1, "%.6s", text.data());
  }
  static std::string string(std::uint64_t n) {
    const auto text = spelled(n);
    return std::string(text.data(), length);
  }
};

// ---- the rows -------------------------------------------------------------------------------------------------------

// All competitors write to the same memory.
template <class Texts, std::uint64_t Count, char Separator>
struct generate {
  static constexpr std::size_t stride = Texts::length + (Separator != 0);
  static constexpr std::size_t size = Count * stride;
  static constexpr run serials{{}, 1, Count};

  static char* out() {
    static const bytes memory = pages(size + 1);
    return memory.get();
  }
  // the expected texts, written without the library
  static const char* expected() {
    static const bytes memory = [] {
      bytes texts = pages(size);
      for (std::uint64_t i = 0; i < Count; ++i) {
        Texts::to_chars(texts.get() + i * stride, i + 1);
        if (Separator != 0) texts.get()[i * stride + Texts::length] = Separator;
      }
      return texts;
    }();
    return memory.get();
  }

  template <class Write>
  static void run_with(benchmark::State& state, Write write, bool compared = true) {
    time_writing(state, out(), compared ? expected() : nullptr, size, Count, write);
  }

  template <class WriteOne>
  static void one_by_one(benchmark::State& state, WriteOne write_one) {
    run_with(state, [&] {
      char* to = out();
      for (std::uint64_t n = 1; n <= Count; ++n, to += stride) {
        write_one(to, n);
        if (Separator != 0) to[Texts::length] = Separator;
      }
    });
  }

  // the code that one writes without a generator: a string for each serial number, in a new vector of sufficient capacity
  static void vector_string(benchmark::State& state) {
    std::memset(out(), '?', size);
    const auto strings = [] {
      std::vector<std::string> texts;
      texts.reserve(Count);
      for (std::uint64_t n = 1; n <= Count; ++n) texts.push_back(Texts::string(n));
      return texts;
    };
    std::size_t offset = 0;
    for (const std::string& text : strings()) {
      std::memcpy(out() + offset, text.data(), Texts::length);
      if (Separator != 0) out()[offset + Texts::length] = Separator;
      offset += stride;
    }
    if (std::memcmp(out(), expected(), size) != 0) return state.SkipWithError("the texts are wrong");
    for (auto _ : state) benchmark::DoNotOptimize(strings().data());
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(Count));
  }

  // Without a separator, all texts have the same length.
  static constexpr std::string_view separator = Separator == 0 ? std::string_view() : std::string_view("\n");

  static void add(const std::string& name) {
    const auto row = [&](const char* competitor, auto function) {
      benchmark::RegisterBenchmark(("generate/" + name + "/" + competitor).c_str(), function)
          ->Unit(Count < 1'000 ? benchmark::kNanosecond : benchmark::kMicrosecond);
    };
    row("tallymark", [](benchmark::State& state) {
      const serial_range texts(typename Texts::policy{}, serials);
      run_with(state, [&] { texts.write_to({out(), size}, separator); });
    });
    row("memcpy", [](benchmark::State& state) { run_with(state, [] { std::memcpy(out(), expected(), size); }); });
    row("memset", [](benchmark::State& state) { run_with(state, [] { std::memset(out(), '0', size); }, false); });
    row("to_chars", [](benchmark::State& state) { one_by_one(state, Texts::to_chars); });
    row("fmt", [](benchmark::State& state) { one_by_one(state, Texts::fmt); });
    row("snprintf", [](benchmark::State& state) { one_by_one(state, Texts::snprintf); });
    row("vector_string", vector_string);
  }
};

// As for a pipe: 64 KB at a time, into the same buffer.
void add_blocks() {
  using texts_type = serial_range<labels::policy>;
  static const bytes buffer = pages(65'536), source = pages(65'536);
  static const run serials{{}, 1, 1'000'000};
  const auto finish = [](benchmark::State& state, std::size_t written) {
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(written));
  };
  benchmark::RegisterBenchmark("generate/blocks/tallymark", [=](benchmark::State& state) {
    std::size_t written = 0;
    for (auto _ : state) {
      written = 0;
      for (const std::string_view block : texts_type({}, serials).blocks({buffer.get(), 65'536}, "\n")) {
        benchmark::DoNotOptimize(block.data());
        benchmark::ClobberMemory();
        written += block.size();
      }
    }
    finish(state, written);
  })->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("generate/blocks/memcpy", [=](benchmark::State& state) {
    constexpr std::size_t whole = 13'000'000;
    for (auto _ : state)
      for (std::size_t left = whole; left > 0;) {
        const std::size_t part = left < 65'533 ? left : 65'533;
        std::memcpy(buffer.get(), source.get(), part);
        benchmark::ClobberMemory();
        left -= part;
      }
    finish(state, whole);
  })->Unit(benchmark::kMicrosecond);
}

const bool registered = [] {
  generate<labels, 1'000'000, 0>::add("sequential");
  generate<symbols_of_33, 1'000'000, 0>::add("alphabet");
  generate<labels, 1'000'000, '\n'>::add("separated");
  generate<labels, 100, '\n'>::add("short");
  add_blocks();
  return true;
}();

}  // namespace
