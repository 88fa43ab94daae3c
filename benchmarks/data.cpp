// Data sets, each made when the first row asks for it.
#include "data.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <random>
#include <utility>

namespace bench {

namespace {

constexpr std::size_t most = 50'000'000;  // of twice as many the texts would not all begin with a zero

std::mt19937_64 generator(std::uint64_t seed) { return std::mt19937_64(20'261'123 + seed); }

std::vector<std::uint32_t> first_numbers(order which) {
  std::vector<std::uint32_t> numbers(size());
  std::iota(numbers.begin(), numbers.end(), 0);
  if (which == order::shuffled) std::shuffle(numbers.begin(), numbers.end(), generator(1));
  return numbers;
}

std::vector<std::uint32_t> asked_numbers() {
  std::vector<std::uint32_t> numbers(std::max<std::size_t>(size() * 2 / 5, 1));
  std::uniform_int_distribution<std::uint32_t> one_of(0, static_cast<std::uint32_t>(2 * size() - 1));
  auto random = generator(2);
  for (std::uint32_t& each : numbers) each = one_of(random);
  return numbers;
}

}  // namespace

std::size_t size() {
  static const std::size_t chosen = [] {
    const char* text = std::getenv("TALLYMARK_BENCH_SIZE");
    const double given = text ? std::strtod(text, nullptr) : 10e6;
    return static_cast<std::size_t>(std::clamp(given, 1e3, static_cast<double>(most)));
  }();
  return chosen;
}

serial_text text_of(std::uint32_t ordinal) {
  serial_text text{{'S', 'N', '-'}};
  for (std::size_t i = serial_text::length; i-- > 3; ordinal /= 10)
    text.bytes[i] = static_cast<char>('0' + ordinal % 10);
  return text;
}

sequence::sequence(std::vector<std::uint32_t> numbers) : ordinals(std::move(numbers)) {
  texts.reserve(ordinals.size());
  for (const std::uint32_t each : ordinals) texts.push_back(text_of(each));
}

const sequence& arrivals(order which) {
  if (which == order::in_order) {
    static const sequence made(first_numbers(order::in_order));
    return made;
  }
  static const sequence made(first_numbers(order::shuffled));
  return made;
}

const sequence& questions() {
  static const sequence made(asked_numbers());
  return made;
}

found expected(order which) {
  const auto count = [](order of) {
    const sequence& claimed = arrivals(of);
    std::vector<std::uint32_t> item_of(claimed.count());
    for (std::size_t i = 0; i < claimed.count(); ++i) item_of[claimed.ordinals[i]] = static_cast<std::uint32_t>(i);
    found sum;
    for (const std::uint32_t each : questions().ordinals)
      if (each < item_of.size()) sum.add(item_of[each]);
    return sum;
  };
  static const found in_order = count(order::in_order), shuffled = count(order::shuffled);
  return which == order::in_order ? in_order : shuffled;
}

std::vector<std::uint64_t> random_numbers(std::size_t count, std::uint64_t limit) {
  std::vector<std::uint64_t> numbers(count);
  std::uniform_int_distribution<std::uint64_t> one_of(0, limit - 1);
  auto random = generator(3);
  for (std::uint64_t& each : numbers) each = one_of(random);
  return numbers;
}

}  // namespace bench
