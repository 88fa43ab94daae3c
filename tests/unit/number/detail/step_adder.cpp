#include <tallymark/number/detail/step_adder.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <random>
#include <span>
#include <string>
#include <vector>

using namespace tallymark::detail;

namespace {

// `size` bytes, `offset` bytes after a boundary of 64, and known bytes around them.
class placed_bytes {
 public:
  placed_bytes(std::size_t offset, std::size_t size)
      : block_(static_cast<char*>(std::aligned_alloc(64, (offset + size + 63) / 64 * 64))),
        offset_(offset),
        size_(size) {
    if (!block_) throw std::bad_alloc();
    std::fill_n(block_.get(), (offset + size + 63) / 64 * 64, '\x5A');
  }
  [[nodiscard]] char* data() const { return block_.get() + offset_; }
  // whether the bytes before and after are unchanged
  [[nodiscard]] bool kept_around() const {
    const auto untouched = [](char c) { return c == '\x5A'; };
    return std::all_of(block_.get(), data(), untouched) &&
           std::all_of(data() + size_, block_.get() + (offset_ + size_ + 63) / 64 * 64, untouched);
  }

 private:
  struct release {
    void operator()(char* p) const { std::free(p); }
  };
  std::unique_ptr<char, release> block_;
  std::size_t offset_, size_;
};

// the definition: byte by byte
void add_slowly(char* out, std::size_t record, std::size_t bytes, const record_steps& by) {
  for (std::size_t i = 0; i < bytes; ++i) {
    const std::size_t inside = i % record;
    const bool steps = by.at <= inside && inside < by.at + by.steps.size();
    out[i] = static_cast<char>(*(out + i - by.distance) + (steps ? by.steps[inside - by.at] : 0));
  }
}

constexpr bool adds_at_compile_time() {
  std::array<char, 12> text{'A', '0', '8', 'A', '0', '9'};
  const std::array<std::uint8_t, 2> steps{1, static_cast<std::uint8_t>(-2)};
  step_adder(3).add(text.data() + 6, 6, {6, 1, steps});
  return text == std::array<char, 12>{'A', '0', '8', 'A', '0', '9', 'A', '1', '6', 'A', '1', '7'};
}
static_assert(adds_at_compile_time());

}  // namespace

TEST_CASE("adding in vectors equals adding byte by byte", "[registry]") {
  std::minstd_rand random(1);
  std::vector<std::uint8_t> steps(64);
  std::generate(steps.begin(), steps.end(), [&] { return static_cast<std::uint8_t>(random()); });
  int compared = 0;
  for (std::size_t record = 1; record <= step_adder::longest_record; ++record)
    for (const std::size_t back : {std::size_t{1}, std::size_t{3}, 32 / record + 1, std::size_t{100}})
      for (const std::size_t records :
           {std::size_t{1}, std::size_t{2}, 32 / record + 1, std::size_t{37}, std::size_t{250}})
        for (const std::size_t offset : {0U, 1U, 31U, 32U, 45U}) {
          const std::size_t distance = back * record, bytes = records * record;
          const std::size_t at = random() % record, many = 1 + random() % std::min<std::size_t>(record - at, 64);
          const record_steps by{distance, at, std::span(steps).first(many)};
          const placed_bytes expected(offset, distance + bytes), fast(offset, distance + bytes),
              narrow(offset, distance + bytes);
          for (std::size_t i = 0; i < distance; ++i)
            narrow.data()[i] = fast.data()[i] = expected.data()[i] = static_cast<char>(random());
          add_slowly(expected.data() + distance, record, bytes, by);
          step_adder(record).add(fast.data() + distance, bytes, by);
          const bool same =
              std::equal(expected.data(), expected.data() + distance + bytes, fast.data()) && fast.kept_around();
          bool narrow_same = true;
          if (bytes >= 32 && distance >= 32) {
            step_adder(record).add_with_short_registers(narrow.data() + distance, bytes, by);
            narrow_same =
                std::equal(expected.data(), expected.data() + distance + bytes, narrow.data()) && narrow.kept_around();
            ++compared;
          }
          if (!same || !narrow_same) {
            CAPTURE(record, back, records, offset, at, many);
            CHECK(same);
            CHECK(narrow_same);
          }
        }
  CHECK(compared > 5000);
}
