// What holds of the texts of any runs.
#include <catch2/catch_test_macros.hpp>
#include <rapidcheck.h>

#include <tallymark/policy/run_list.hpp>
#include <tallymark/policy/traits.hpp>
#include <tallymark/registry/serial_range.hpp>
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/text.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace tallymark;

namespace {

// close to where the counter gets longer, where a symbol is carried, at the ends, or anywhere
std::uint64_t any_ordinal(std::uint64_t base, std::uint64_t last) {
  std::uint64_t near = 1;
  for (auto n = *rc::gen::inRange(0, 20); n > 0 && near <= last / base; --n) near *= base;
  near *= *rc::gen::inRange<std::uint64_t>(1, base);
  const std::uint64_t off = *rc::gen::inRange<std::uint64_t>(0, 50);
  switch (*rc::gen::inRange(0, 4)) {
    case 0: return std::min(off, last);
    case 1: return last - std::min(off, last);
    case 2: return std::min(*rc::gen::arbitrary<std::uint64_t>(), last);
    default: return std::min(near - std::min(near, off), last);
  }
}

std::uint64_t any_length() {
  return *rc::gen::oneOf(rc::gen::inRange<std::uint64_t>(1, 5), rc::gen::inRange<std::uint64_t>(1, 300),
                         rc::gen::inRange<std::uint64_t>(1, 5'000));
}

template <class S>
void add_any_run(run_list& list, const S& policy, const family& of, std::uint64_t base) {
  const std::uint64_t last = serial_traits<S>::last(policy, of), first = any_ordinal(base, last);
  list.add(run{of, first, std::min(any_length(), last - first + 1)});
}

run_list any_texts() {
  run_list list;
  for (int n = *rc::gen::inRange(1, 6); n > 0; --n) {
    const std::string text = *rc::gen::element<std::string>("SN-", "", "A", "2024/", "\xC3\xA4", std::string(70, 'x'));
    const int width = *rc::gen::inRange(0, 19);
    if (width == 1)
      list.add(serial_number{family::literal("QQQ"), 0});
    else
      add_any_run(list, text_serial<>{}, {text, static_cast<std::uint8_t>(width)}, 10);
  }
  return list;
}

template <class S>
run_list any_run(std::uint64_t base) {
  run_list list;
  add_any_run(list, S{}, {}, base);
  return list;
}

std::string any_separator() {
  return *rc::gen::element<std::string>("", "\n", ",", "\r\n", "\",\"", std::string(60, '-'));
}

template <class S>
void check_laws(const S& policy, const run_list& list) {
  using traits = serial_traits<S>;
  const std::string separator = any_separator();
  const serial_range texts(policy, list);
  RC_ASSERT(texts.size() == list.serials());

  std::string expected;
  std::size_t longest = 0, shortest = max_text;
  for (const run& each : list)
    for (std::uint64_t i = 0; i < each.length; ++i) {
      const std::size_t before = expected.size();
      traits::format(policy, expected, {each.family, each.first + i});
      longest = std::max(longest, expected.size() - before);
      shortest = std::min(shortest, expected.size() - before);
      expected += separator;
    }

  // into exactly as much room as it takes, at any place
  const auto offset = *rc::gen::inRange<std::size_t>(0, 64);
  RC_ASSERT(texts.written_size(separator) == expected.size());
  std::vector<char> out(offset + expected.size(), '?');
  RC_ASSERT(texts.write_to(std::span(out).subspan(offset), separator) == (written{expected.size(), texts.size()}));
  RC_ASSERT(std::string_view(out.data() + offset, expected.size()) == expected);
  RC_ASSERT(std::all_of(out.data(), out.data() + offset, [](char c) { return c == '?'; }));
  RC_ASSERT(texts.text_length().has_value() == (longest == shortest));
  RC_ASSERT(texts.text_length().value_or(longest) == longest);

  // into any room, from anywhere
  const auto from = *rc::gen::inRange<std::uint64_t>(0, texts.size() + 1),
             room = *rc::gen::inRange<std::uint64_t>(0, 3'000);
  std::vector<char> some(room, '?');
  const written part = texts.write_to(some, separator, from);
  RC_ASSERT(part.bytes <= room && from + part.serials <= texts.size());
  std::string wanted;
  for (std::uint64_t i = from; i < from + part.serials; ++i) wanted.append(texts[i]).append(separator);
  RC_ASSERT(std::string_view(some.data(), part.bytes) == wanted);
  if (const std::uint64_t next = from + part.serials; next < texts.size())
    RC_ASSERT(part.bytes + texts[next].size() + separator.size() > room);
  RC_ASSERT(std::all_of(some.data() + part.bytes, some.data() + room, [](char c) { return c == '?'; }));

  // in blocks
  std::vector<char> buffer(longest + separator.size() + *rc::gen::inRange<std::size_t>(0, 20'000));
  std::string joined;
  for (const std::string_view block : texts.blocks(buffer, separator)) joined += block;
  RC_ASSERT(joined == expected);

  // one at a time
  const auto a = static_cast<std::ptrdiff_t>(from),
             b = static_cast<std::ptrdiff_t>(*rc::gen::inRange<std::uint64_t>(0, texts.size()));
  RC_ASSERT((texts.begin() + a) + (b - a) == texts.begin() + b);
  const std::string text = *((texts.begin() + a) + (b - a));
  RC_ASSERT(text == texts[static_cast<std::uint64_t>(b)]);
  RC_ASSERT(*traits::parse(policy, text) == list.at(static_cast<std::uint64_t>(b)));
}

}  // namespace

TEST_CASE("the texts of any runs, written in any way, are those of the policy", "[laws]") {
  REQUIRE(rc::check("text_serial", [] { check_laws(text_serial<>{}, any_texts()); }));
  REQUIRE(rc::check("integer_serial", [] { check_laws(integer_serial{}, any_run<integer_serial>(10)); }));
  using nine = prefixed_serial<"SN-", 9>;
  REQUIRE(rc::check("prefixed_serial", [] { check_laws(nine{}, any_run<nine>(10)); }));
  using labels = alphabet_serial<"0123456789ABCDEFGHJKLMNPQRSTVWXYZ", 6>;
  REQUIRE(rc::check("alphabet_serial, base 33", [] { check_laws(labels{}, any_run<labels>(33)); }));
  using bits = alphabet_serial<"ox", 0, "bits ">;
  REQUIRE(rc::check("alphabet_serial, base 2", [] { check_laws(bits{}, any_run<bits>(2)); }));
}
