#include <tallymark/serial/detail/sip_hash.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>

using tallymark::detail::sip_hash;

namespace {

// the key and the messages of the published test: 00 01 02 ...
constexpr std::uint64_t hash_of(std::uint8_t length) {
  sip_hash of(0x0706050403020100, 0x0f0e0d0c0b0a0908);
  for (std::uint8_t i = 0; i < length; ++i) of.add(i);
  return of.finish();
}

}  // namespace

// the published value (Aumasson, Bernstein 2012): fifteen bytes
static_assert(hash_of(15) == 0xa129ca6149be45e5);

TEST_CASE("SipHash-2-4 agrees with the paper", "[serial]") {
  CHECK(hash_of(15) == 0xa129ca6149be45e5);
  CHECK(hash_of(0) == 0x726fdb47dd0e0e31);
  CHECK(hash_of(8) == 0x93f5f5799a932462);
}

TEST_CASE("a word is hashed as its eight bytes, the lowest first", "[serial]") {
  sip_hash of(0x0706050403020100, 0x0f0e0d0c0b0a0908);
  of.add_word(0x0706050403020100);
  CHECK(of.finish() == hash_of(8));
}
