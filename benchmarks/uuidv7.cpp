// generate/uuidv7/...: consecutive UUIDs of version 7 as text in memory, compared with copying memory and
// with Boost.Uuid.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <boost/uuid/uuid.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include <tallymark/registry/serial_range.hpp>
#include <tallymark/serial/uuidv7.hpp>

#include "texts.hpp"

namespace {

using namespace tallymark;

constexpr std::uint64_t count = 1'000'000;
constexpr std::size_t length = 36;
constexpr std::string_view beginning = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";  // RFC 9562, A.6

std::vector<char>& out() {
  static std::vector<char> memory(count * length + 1, '?');
  return memory;
}

// the next UUID, by its lower 64 bits
void increment(boost::uuids::uuid& id) {
  for (std::size_t i = 16; i-- > 8 && ++id.data[i] == 0;) {
  }
}

boost::uuids::uuid first() {
  const auto digit = [](char c) { return static_cast<std::uint8_t>(c <= '9' ? c - '0' : c - 'a' + 10); };
  boost::uuids::uuid id{};
  std::string digits(beginning);
  digits.erase(std::remove(digits.begin(), digits.end(), '-'), digits.end());
  for (std::size_t i = 0; i < 16; ++i)
    id.data[i] = static_cast<std::uint8_t>(digit(digits[2 * i]) << 4 | digit(digits[2 * i + 1]));
  return id;
}

// derives each UUID from the previous one, so that only the text is written to memory
void with_boost() {
  char* to = out().data();
  boost::uuids::uuid id = first();
  for (std::uint64_t i = 0; i < count; ++i, to += length, increment(id)) boost::uuids::to_chars(id, to, to + length);
}

// the same UUIDs, prepared in advance
void with_boost_stored() {
  static const std::vector<boost::uuids::uuid> ids = [] {
    std::vector<boost::uuids::uuid> all_ids(count, first());
    for (std::size_t i = 1; i < count; ++i) increment(all_ids[i] = all_ids[i - 1]);
    return all_ids;
  }();
  char* to = out().data();
  for (const boost::uuids::uuid& id : ids) {
    boost::uuids::to_chars(id, to, to + length);
    to += length;
  }
}

// the expected texts, written without the library
const std::vector<char>& expected() {
  static const std::vector<char> texts = [] {
    with_boost();
    return out();
  }();
  return texts;
}

template <class Write>
void run_with(benchmark::State& state, Write write) {
  std::fill(out().begin(), out().end() - 1, '?');
  bench::time_writing(state, out().data(), expected().data(), count * length, count, write);
}

const bool registered = [] {
  const auto row = [](const char* competitor, auto write) {
    benchmark::RegisterBenchmark(("generate/uuidv7/" + std::string(competitor)).c_str(), [write](
                                                                                             benchmark::State& state) {
      run_with(state, write);
    })->Unit(benchmark::kMicrosecond);
  };
  row("tallymark", [] {
    const uuidv7_serial<> policy;
    const serial_number from = policy.parse(beginning).value();
    serial_range(policy, run{from.family, from.ordinal, count}).write_to({out().data(), count * length});
  });
  row("memcpy", [] { std::memcpy(out().data(), expected().data(), count * length); });
  row("boost_to_chars", with_boost);
  row("boost_to_chars_stored", with_boost_stored);
  return true;
}();

}  // namespace
