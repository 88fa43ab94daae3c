#include <tallymark/check/detail/check_filler.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <tallymark/check/crockford.hpp>
#include <tallymark/check/damm.hpp>
#include <tallymark/check/gs1.hpp>
#include <tallymark/check/iso7064.hpp>
#include <tallymark/check/luhn.hpp>
#include <tallymark/check/mod43.hpp>
#include <tallymark/check/verhoeff.hpp>
#include <tallymark/check/weighted.hpp>

using namespace tallymark;

namespace {

struct payloads {
  std::string_view prefix, symbols;
  unsigned symbols_of_counter;
  std::string_view suffix;

  std::string payload(std::uint64_t ordinal) const {
    std::string counter(symbols_of_counter, symbols[0]);
    for (std::size_t i = counter.size(); i-- > 0; ordinal /= symbols.size())
      counter[i] = symbols[ordinal % symbols.size()];
    return std::string(prefix) + counter + std::string(suffix);
  }
};

// `count` check characters in two calls, in memory of exactly the right size, so that a sanitizer sees an overrun
template <class Check>
bool same(const payloads& of, std::uint64_t first, std::uint64_t count, std::uint64_t expected) {
  constexpr std::size_t stride = Check::length + 3;
  const std::size_t bytes = count * stride - 3;
  const std::unique_ptr<char[]> out(new char[bytes]);
  std::fill_n(out.get(), bytes, '.');
  detail::check_filler<Check> filler(of.prefix, of.symbols, of.symbols_of_counter, of.suffix);
  filler.start(first, expected);
  const std::uint64_t early = count / 3;
  filler.write(out.get(), stride, early);
  filler.write(out.get() + early * stride, stride, count - early);
  for (std::uint64_t i = 0; i < count; ++i) {
    std::string right(Check{}(of.payload(first + i))->view());
    if (i + 1 < count) right += "...";
    if (std::string_view(out.get() + i * stride, right.size()) != right) return false;
  }
  return true;
}

template <class Check>
void check_many(std::string_view prefix, std::string_view symbols, std::string_view suffix) {
  for (const unsigned length : {1U, 2U, 3U, 5U, 9U}) {
    const payloads of{prefix, symbols, length, suffix};
    std::uint64_t room = 1;
    for (unsigned i = 0; i < length; ++i) room *= symbols.size();
    for (const std::uint64_t first : {0U, 7U, 98U, 995U, 99'990U})
      for (const std::uint64_t count : {1U, 2U, 9U, 10U, 11U, 230U, 2'500U})
        for (const std::uint64_t expected : {std::uint64_t{0}, count, std::uint64_t{1'000'000'000}})
          if (first + count <= room) {
            CAPTURE(prefix, symbols, suffix, length, first, count, expected);
            REQUIRE(same<Check>(of, first, count, expected));
          }
  }
}

// a check that cannot be continued
struct whole {
  static constexpr std::string_view symbols = damm::symbols;
  static constexpr std::size_t length = 1;
  constexpr result<check_characters> operator()(std::string_view payload) const { return damm{}(payload); }
};
static_assert(!incremental_check<whole>);

constexpr auto made_at_compile_time() {
  std::array<char, 30> out{};
  detail::check_filler<damm> filler("4", detail::digits_10, 3, "2");
  filler.start(95, 30);
  filler.write(out.data(), 1, 30);
  return out;
}
constexpr auto row = made_at_compile_time();
static_assert(row[0] == (*damm{}("40952")).characters[0] && row[29] == (*damm{}("41242")).characters[0]);

}  // namespace

TEST_CASE("check characters of consecutive payloads equal those of single payloads", "[check]") {
  for (const std::string_view suffix : {"", "7", "0189"}) {
    check_many<luhn>("4012", detail::digits_10, suffix);
    check_many<damm>("", detail::digits_10, suffix);
    check_many<verhoeff>("1", detail::digits_10, suffix);
    check_many<gs1_mod10>("123", detail::digits_10, suffix);
    check_many<iso7064_mod11_2>("07", detail::digits_10, suffix);
    check_many<iso7064_mod11_10>("07", detail::digits_10, suffix);
    check_many<whole>("07", detail::digits_10, suffix);
  }
  for (const std::string_view suffix : {"", "A", "9Z"}) {
    check_many<iso7064_mod37_2>("ACME", detail::digits_and_letters, suffix);
    check_many<iso7064_mod37_36>("ACME", detail::digits_10, suffix);
    check_many<iso7064_mod97_10>("A1", "0123456789ABCDEF", suffix);
    check_many<iso7064_mod97_10>("RF", detail::digits_10, suffix);
    check_many<gs1_pair>("a_", "!A_z", suffix);
    check_many<code39_mod43>("$", detail::digits_and_letters, suffix);
    check_many<hibc_mod43>("+A", "01", suffix);
    check_many<crockford_mod37>("Z", "0123456789ABCDEFGHJKMNPQRSTVWXYZ", suffix);
    check_many<luhn_mod<"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ">>("SN", "ZYX9", suffix);
  }
}

TEST_CASE("check characters of payloads of one length", "[check]") {
  CHECK(same<isbn10_mod11>({"185", detail::digits_10, 6, ""}, 0, 30'000, 30'000));
  CHECK(same<issn_mod11>({"0", detail::digits_10, 4, "12"}, 9, 9'000, 9'000));
  CHECK(same<vin_check>({"1M8GDM9A", detail::digits_10, 6, "KP"}, 0, 20'000, 20'000));
}
