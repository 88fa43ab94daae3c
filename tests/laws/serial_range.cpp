// The laws of the texts of any runs.
#include <rapidcheck.h>
#include <catch2/catch_test_macros.hpp>

#include <tallymark/number/run_list.hpp>
#include <tallymark/policy/traits.hpp>
#include <tallymark/registry/serial_range.hpp>
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/text.hpp>
#include <tallymark/serial/validated.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace tallymark;

namespace {

// near an ordinal at which the counter gets longer or carries, near the ends, or anywhere
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
  const std::uint64_t stride = *rc::gen::element<std::uint64_t>(1, 1, 2, 10, 250);
  list.add(run{of, first, std::min(any_length(), (last - first) / stride + 1), stride});
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
run_list any_runs(const S& policy, std::uint64_t base) {
  run_list list;
  for (int n = *rc::gen::inRange(1, 4); n > 0; --n) add_any_run(list, policy, {}, base);
  return list;
}

struct no_four {
  [[nodiscard]] result<opinion> operator()(std::string_view text) const {
    if (text.find('4') != text.npos) return fail(errc::refused_by_rule);
    return opinion::none;
  }
};

// without a layout: writes the digits in reverse
struct mirrored {
  using policy_slot = serial_slot;
  [[nodiscard]] result<std::uint64_t> parse(std::string_view text) const {
    return integer_serial{}.parse(std::string(text.rbegin(), text.rend()));
  }
  void format(std::string& out, std::uint64_t ordinal) const {
    const std::string digits = std::to_string(ordinal);
    out.append(digits.rbegin(), digits.rend());
  }
};

// has state, a width and a suffix; the bytes of its symbols are not consecutive
struct of_a_site {
  using policy_slot = serial_slot;
  std::string suffix;
  [[nodiscard]] result<std::uint64_t> parse(std::string_view text) const {
    if (!text.ends_with(suffix)) return fail(errc::not_a_serial);
    std::uint64_t value = 0;
    for (const char c : text.substr(0, text.size() - suffix.size())) value = value * 5 + symbols.find(c);
    return value;
  }
  void format(std::string& out, std::uint64_t ordinal) const {
    std::string counter;
    for (; ordinal != 0; ordinal /= 5) counter.insert(counter.begin(), symbols[ordinal % 5]);
    if (counter.size() < 4) counter.insert(0, 4 - counter.size(), symbols[0]);
    out.append(counter).append(suffix);
  }
  [[nodiscard]] serial_layout layout(const family&) const { return {{}, symbols, 4, suffix}; }

 private:
  static constexpr std::string_view symbols = "zA0~5";
};

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
  for (const run& source_run : list)
    for (std::uint64_t i = 0; i < source_run.length; ++i) {
      const std::size_t before = expected.size();
      traits::format(policy, expected, {source_run.family, source_run.at(i)});
      longest = std::max(longest, expected.size() - before);
      shortest = std::min(shortest, expected.size() - before);
      expected += separator;
    }

  // into a buffer of exactly the right size, at any offset
  const auto offset = *rc::gen::inRange<std::size_t>(0, 64);
  RC_ASSERT(texts.written_size(separator) == expected.size());
  std::vector<char> out(offset + expected.size(), '?');
  RC_ASSERT(texts.write_to(std::span(out).subspan(offset), separator) == (written{expected.size(), texts.size()}));
  RC_ASSERT(std::string_view(out.data() + offset, expected.size()) == expected);
  RC_ASSERT(std::all_of(out.data(), out.data() + offset, [](char c) { return c == '?'; }));
  RC_ASSERT(texts.text_length().has_value() == (longest == shortest));
  RC_ASSERT(texts.text_length().value_or(longest) == longest);

  // into a buffer of any size, from any position
  const auto from = *rc::gen::inRange<std::uint64_t>(0, texts.size() + 1),
             room = *rc::gen::inRange<std::uint64_t>(0, 3'000);
  std::vector<char> buffer(room, '?');
  const written part = texts.write_to(buffer, separator, from);
  RC_ASSERT(part.bytes <= room && from + part.serials <= texts.size());
  std::string wanted;
  for (std::uint64_t i = from; i < from + part.serials; ++i) wanted.append(texts[i]).append(separator);
  RC_ASSERT(std::string_view(buffer.data(), part.bytes) == wanted);
  if (const std::uint64_t next = from + part.serials; next < texts.size())
    RC_ASSERT(part.bytes + texts[next].size() + separator.size() > room);
  RC_ASSERT(std::all_of(buffer.data() + part.bytes, buffer.data() + room, [](char c) { return c == '?'; }));

  // in any number of calls
  std::minstd_rand random(*rc::gen::arbitrary<std::uint32_t>());
  std::string pieces;
  std::vector<char> piece(longest + separator.size() + *rc::gen::inRange<std::size_t>(0, 20'000));
  for (std::uint64_t at = 0; at < texts.size();) {
    const auto size = random() % (piece.size() + 1);
    const written step = texts.write_to(std::span(piece).first(size), separator, at);
    RC_ASSERT(step.bytes <= size && (step.serials > 0 || size < longest + separator.size()));
    pieces.append(piece.data(), step.bytes);
    at += step.serials;
  }
  RC_ASSERT(pieces == expected);

  // block by block
  std::vector<char> block_buffer(longest + separator.size() + *rc::gen::inRange<std::size_t>(0, 20'000));
  std::string joined;
  for (const std::string_view block : texts.blocks(block_buffer, separator)) joined += block;
  RC_ASSERT(joined == expected);

  // one text at a time
  const auto a = static_cast<std::ptrdiff_t>(from),
             b = static_cast<std::ptrdiff_t>(*rc::gen::inRange<std::uint64_t>(0, texts.size()));
  RC_ASSERT((texts.begin() + a) + (b - a) == texts.begin() + b);
  const std::string text = *((texts.begin() + a) + (b - a));
  RC_ASSERT(text == texts[static_cast<std::uint64_t>(b)]);
  const serial_number expected_serial = list.at(static_cast<std::uint64_t>(b));
  if (const auto parsed = traits::parse(policy, text); traits::accepts(policy, expected_serial))
    RC_ASSERT(*parsed == expected_serial);
}

}  // namespace

TEST_CASE("the texts of any runs, however they are written, are those of the policy", "[laws]") {
  REQUIRE(rc::check("text_serial", [] { check_laws(text_serial<>{}, any_texts()); }));
  const auto check = [](const char* name, const auto& policy, std::uint64_t base) {
    REQUIRE(rc::check(name, [&] { check_laws(policy, any_runs(policy, base)); }));
  };
  check("integer_serial", integer_serial{}, 10);
  check("basic_integer_serial, 8 bits", basic_integer_serial<std::uint8_t>{}, 10);
  check("prefixed_serial", prefixed_serial<"SN-", 9>{}, 10);
  check("prefixed_serial, growing", prefixed_serial<"\xC3\xA4">{}, 10);
  check("alphabet_serial, base 33", alphabet_serial<"0123456789ABCDEFGHJKLMNPRSTUVWXYZ", 6>{}, 33);
  check("alphabet_serial, base 2", alphabet_serial<"ox", 0, "bits ">{}, 2);
  check("validated_serial", validated_serial<prefixed_serial<"SN-", 9>, no_four>{}, 10);
  check("a policy without a layout", mirrored{}, 10);
  check("a policy with state", of_a_site{"/BER"}, 5);
}
