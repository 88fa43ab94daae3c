#include <tallymark/number/detail/counted_texts.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

using namespace tallymark;
using namespace tallymark::detail;

namespace {

std::string slowly(const serial_layout& layout, std::string_view separator, std::uint64_t first, std::uint64_t count,
                   std::uint64_t by = 1) {
  std::string out;
  for (std::uint64_t i = 0; i < count; ++i) {
    std::string counter;
    for (std::uint64_t rest = first + i * by; rest != 0; rest /= layout.symbols.size())
      counter.insert(counter.begin(), layout.symbols[rest % layout.symbols.size()]);
    counter.insert(0, layout.counter_length(first) - counter.size(), layout.symbols[0]);
    out.append(layout.prefix).append(counter).append(layout.suffix).append(separator);
  }
  return out;
}

// in memory of exactly the right size, so that a sanitizer sees an overrun
bool same(const serial_layout& layout, std::string_view separator, std::uint64_t first, std::uint64_t count) {
  counted_texts texts(layout, separator, layout.counter_length(first));
  const std::size_t bytes = texts.stride() * count;
  const std::unique_ptr<char[]> out(new char[bytes]);
  texts.write(out.get(), first, count);
  return std::string_view(out.get(), bytes) == slowly(layout, separator, first, count);
}

bool same_by(const serial_layout& layout, std::string_view separator, std::uint64_t first, std::uint64_t count,
             std::uint64_t by) {
  counted_texts texts(layout, separator, layout.counter_length(first));
  const std::size_t bytes = texts.stride() * count;
  const std::unique_ptr<char[]> out(new char[bytes]);
  texts.write(out.get(), first, count, by);
  return std::string_view(out.get(), bytes) == slowly(layout, separator, first, count, by);
}

template <std::uint64_t First, std::uint64_t Count>
constexpr auto written_at_compile_time() {
  constexpr serial_layout layout{"S", "0123456789", 4, "/A"};
  std::array<char, 8 * Count> out{};
  counted_texts(layout, "\n", 4).write(out.data(), First, Count);
  return out;
}
constexpr auto few = written_at_compile_time<98, 3>();
static_assert(std::string_view(few.data(), few.size()) == "S0098/A\nS0099/A\nS0100/A\n");
constexpr auto many = written_at_compile_time<1995, 120>();
static_assert(std::string_view(many.data(), 40) == "S1995/A\nS1996/A\nS1997/A\nS1998/A\nS1999/A\n");
static_assert(std::string_view(many.data() + 119 * 8, 8) == "S2114/A\n");

}  // namespace

TEST_CASE("texts with a step between them", "[registry]") {
  for (const std::string_view symbols : {std::string_view("01"), std::string_view("0123456789"),
                                         std::string_view("0123456789ABCDEFGHJKLMNPQRSTVWXYZ")}) {
    const serial_layout layout{"SN-", symbols, 20, "/A"};
    for (const std::uint64_t by : {std::uint64_t{2}, std::uint64_t{3}, std::uint64_t{10}, std::uint64_t{33},
                                   std::uint64_t{64}, std::uint64_t{99}, std::uint64_t{1000}, std::uint64_t{2500}})
      for (const std::uint64_t count : {1U, 2U, 19U, 400U})
        for (const std::uint64_t first : {0U, 7U, 990U, 123456U}) {
          if (layout.counter_length(first + by * count) > 20) continue;
          INFO(symbols << ' ' << by << ' ' << count << ' ' << first);
          CHECK(same_by(layout, "\n", first, count, by));
        }
  }
  CHECK(same_by({"", "0123456789", 0, ""}, "", 7, 1, 1'000'000'000'000));
}

TEST_CASE("consecutive texts in any base", "[registry]") {
  std::string all_bytes, gaps;
  for (int i = 0; i < 256; ++i) all_bytes += static_cast<char>(i * 7);
  for (int i = 0; i < 100; ++i) gaps += static_cast<char>(i * 2);
  for (const std::string_view symbols :
       {std::string_view("01"), std::string_view("zyx"), std::string_view("0123456789"),
        std::string_view("0123456789abcdef"), std::string_view("0123456789ABCDEFGHJKLMNPQRSTVWXYZ"),
        std::string_view(gaps), std::string_view(all_bytes)}) {
    const std::uint64_t base = symbols.size();
    for (const unsigned width : {9U, 64U})
      for (const std::uint64_t first :
           {std::uint64_t{0}, std::uint64_t{1}, base - 1, base * base - 3, base * base * base - 7 * base - 1,
            std::uint64_t{123'456'789}, std::uint64_t{18'446'744'073'709'400'000U}})
        for (const std::uint64_t count :
             {std::uint64_t{1}, std::uint64_t{2}, 2 * base, 2 * base + 1, 3 * base - 1, base * base + base + 1}) {
          const serial_layout layout{"P-", symbols, static_cast<std::uint8_t>(width), "."};
          if (layout.counter_length(first) != layout.counter_length(first + count - 1)) continue;
          CAPTURE(base, width, first, count);
          CHECK(same(layout, "", first, count));
        }
  }
}

TEST_CASE("consecutive texts of any length", "[registry]") {
  const std::string filler(200, 'f');
  for (std::size_t stride = 7; stride < 140; ++stride)
    for (const std::uint64_t first : {0U, 95U, 96'765U})
      for (const std::uint64_t count : {19U, 20U, 21U, 150U, 1'234U, 3'001U}) {
        CAPTURE(stride, first, count);
        CHECK(same({std::string_view(filler).substr(0, stride - 7), "0123456789", 5, "s"}, "\n", first, count));
      }
}

TEST_CASE("texts of a counter only", "[registry]") {
  for (const std::uint64_t first : {0U, 1U, 9U})
    for (std::uint64_t count = 1; first + count <= 10; ++count)
      CHECK(same({{}, "0123456789", 1, {}}, "", first, count));
  CHECK(same({{}, "01", 1, {}}, "", 0, 2));
  CHECK(same({{}, "01", 20, {}}, "", 3, 50'000));
  CHECK(same({{}, "0123456789", 6, {}}, "", 0, 200'000));
}
