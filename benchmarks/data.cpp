// Data sets, each created when the first row needs it.
#include "data.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <random>
#include <utility>

namespace bench {

namespace {

constexpr std::size_t most = 50'000'000;  // otherwise not all texts would begin with a zero

std::mt19937_64 generator(std::uint64_t seed) { return std::mt19937_64(20'261'123 + seed); }

std::vector<std::uint32_t> first_numbers(order arrival) {
  std::vector<std::uint32_t> numbers(size());
  std::iota(numbers.begin(), numbers.end(), 0);
  if (arrival == order::shuffled) std::shuffle(numbers.begin(), numbers.end(), generator(1));
  return numbers;
}

std::vector<std::uint32_t> asked_numbers() {
  std::vector<std::uint32_t> numbers(std::max<std::size_t>(size() * 2 / 5, 1));
  std::uniform_int_distribution<std::uint32_t> distribution(0, static_cast<std::uint32_t>(2 * size() - 1));
  auto random = generator(2);
  for (std::uint32_t& number : numbers) number = distribution(random);
  return numbers;
}

}  // namespace

std::size_t size() {
  static const std::size_t count = [] {
    const char* text = std::getenv("TALLYMARK_BENCH_SIZE");
    const double value = text ? std::strtod(text, nullptr) : 10e6;
    return static_cast<std::size_t>(std::clamp(value, 1e3, static_cast<double>(most)));
  }();
  return count;
}

serial_text text_of(std::uint32_t ordinal) {
  serial_text text{{'S', 'N', '-'}};
  for (std::size_t i = serial_text::length; i-- > 3; ordinal /= 10)
    text.bytes[i] = static_cast<char>('0' + ordinal % 10);
  return text;
}

sequence::sequence(std::vector<std::uint32_t> numbers) : ordinals(std::move(numbers)) {
  texts.reserve(ordinals.size());
  for (const std::uint32_t ordinal : ordinals) texts.push_back(text_of(ordinal));
}

const sequence& arrivals(order arrival) {
  if (arrival == order::in_order) {
    static const sequence data(first_numbers(order::in_order));
    return data;
  }
  static const sequence data(first_numbers(order::shuffled));
  return data;
}

const sequence& questions() {
  static const sequence data(asked_numbers());
  return data;
}

found expected(order arrival) {
  const auto count = [](order claim_order) {
    const sequence& claimed = arrivals(claim_order);
    std::vector<std::uint32_t> item_of(claimed.count());
    for (std::size_t i = 0; i < claimed.count(); ++i) item_of[claimed.ordinals[i]] = static_cast<std::uint32_t>(i);
    found sum;
    for (const std::uint32_t ordinal : questions().ordinals)
      if (ordinal < item_of.size()) sum.add(item_of[ordinal]);
    return sum;
  };
  static const found in_order = count(order::in_order), shuffled = count(order::shuffled);
  return arrival == order::in_order ? in_order : shuffled;
}

std::vector<std::uint64_t> random_numbers(std::size_t count, std::uint64_t limit) {
  std::vector<std::uint64_t> numbers(count);
  std::uniform_int_distribution<std::uint64_t> distribution(0, limit - 1);
  auto random = generator(3);
  for (std::uint64_t& number : numbers) number = distribution(random);
  return numbers;
}

}  // namespace bench
