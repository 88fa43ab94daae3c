#include <tallymark/serial/secret_key.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>

using namespace tallymark;

static_assert(!std::default_initializable<secret_key> && std::copyable<secret_key>);
static_assert(secret_key(std::array<std::uint8_t, 16>{7}).bytes().size() == 16);
static_assert(secret_key(std::array<std::uint8_t, 24>{7}).bytes()[0] == 7);
static_assert(!std::constructible_from<secret_key, std::array<std::uint8_t, 15>>);

TEST_CASE("a key is read from hexadecimal digits of either case", "[serial]") {
  const auto key = secret_key::from_hex("000102030405060708090a0B0c0D0e0F");
  REQUIRE(key);
  REQUIRE(key->bytes().size() == 16);
  for (std::uint8_t i = 0; i < 16; ++i) CHECK(key->bytes()[i] == i);
  CHECK(secret_key::from_hex(std::string(48, 'F'))->bytes().size() == 24);
  CHECK(secret_key::from_hex(std::string(64, 'f'))->bytes()[31] == 255);
}

TEST_CASE("a text that is not a key is refused with a position", "[serial]") {
  CHECK(secret_key::from_hex("").error() == failure{errc::bad_key, 0, 0});
  CHECK(secret_key::from_hex("00").error() == failure{errc::bad_key, 0, 2});
  CHECK(secret_key::from_hex(std::string(33, '0')).error() == failure{errc::bad_key, 0, 33});
  CHECK(secret_key::from_hex(std::string(31, '0') + "g").error() == failure{errc::bad_key, 31, 1});
  CHECK(secret_key::from_hex(std::string(31, '0') + "\xFF").error() == failure{errc::bad_key, 31, 1});
  CHECK(message(errc::bad_key) == "this is not a key: 32, 48 or 64 hexadecimal digits are expected");
}

TEST_CASE("a key and its copies are wiped when they are destroyed", "[serial]") {
  alignas(secret_key) std::array<unsigned char, sizeof(secret_key)> storage{}, other{};
  std::array<std::uint8_t, 32> bytes;
  bytes.fill(0xA5);
  const auto holds_it = [](const auto& memory) { return std::count(memory.begin(), memory.end(), 0xA5) >= 32; };
  const auto holds_any = [](const auto& memory) { return std::count(memory.begin(), memory.end(), 0xA5) > 0; };

  auto* key = ::new (storage.data()) secret_key(bytes);
  auto* copy = ::new (other.data()) secret_key(*key);
  CHECK((holds_it(storage) && holds_it(other)));
  std::destroy_at(key);
  CHECK_FALSE(holds_any(storage));
  CHECK(holds_it(other));
  std::destroy_at(copy);
  CHECK_FALSE(holds_any(other));
}
