// generate/scrambled, generate/ff1 and lookup/scrambled: serial numbers that cannot be guessed, compared with random
// texts, with a straightforward FF1, and with parsing alone.
#include <benchmark/benchmark.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tallymark/number/run_list.hpp>
#include <tallymark/registry/registry.hpp>
#include <tallymark/registry/serial_range.hpp>
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/ff1.hpp>
#include <tallymark/serial/scrambled.hpp>

#include "data.hpp"
#include "measure.hpp"
#include "texts.hpp"

namespace {

using namespace tallymark;

constexpr std::string_view symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
using base = alphabet_serial<"0123456789ABCDEFGHJKMNPQRSTVWXYZ", 12>;
using unguessable = scrambled_serial<base, feistel, issue_volume{1'000'000'000}>;
constexpr std::size_t length = 12;

const secret_key& key() {
  static const secret_key instance(std::array<std::uint8_t, 16>{0x2B, 0x7E, 0x15, 0x16, 0x28, 0xAE, 0xD2, 0xA6, 0xAB,
                                                                0xF7, 0x15, 0x88, 0x09, 0xCF, 0x4F, 0x3C});
  return instance;
}

// ---- generate -------------------------------------------------------------------------------------------------------

std::vector<char>& memory() {
  static std::vector<char> bytes(1'000'000 * length);
  return bytes;
}

template <class Write>
void run_with(benchmark::State& state, std::uint64_t count, Write write) {
  bench::time_writing(state, memory().data(), nullptr, count * length, count, write);
}

// It is an error if the policy and bulk writing disagree about a text.
template <class Policy>
void write_in_bulk(benchmark::State& state, const Policy& policy, std::uint64_t count) {
  const serial_range texts(policy, run{{}, 1, count});
  run_with(state, count, [&] { texts.write_to(memory()); });
  std::string text;
  for (std::uint64_t i = 0; i < count; i += 997) {
    text.clear();
    policy.format(text, i + 1);
    if (text != std::string_view(memory().data() + i * length, length))
      return state.SkipWithError("the texts are wrong");
  }
}

// For texts that need not be decoded: a random generator (xoshiro256++, Blackman and Vigna), 60 bits of which become
// twelve symbols, two at a time from a table.
class random_texts {
 public:
  random_texts() {
    for (std::size_t i = 0; i < 1024; ++i) pairs_[i] = {symbols[i / 32], symbols[i % 32]};
  }
  void write(char* out, std::uint64_t count) {
    auto [a, b, c, d] = state_;
    for (; count > 0; --count, out += length) {
      std::uint64_t bits = (std::rotl(a + d, 23) + a) >> 4;
      const std::uint64_t shifted = b << 17;
      c ^= a, d ^= b, b ^= c, a ^= d, c ^= shifted, d = std::rotl(d, 45);
      std::memcpy(out + 10, &pairs_[bits & 1023], 2), bits >>= 10;
      std::memcpy(out + 8, &pairs_[bits & 1023], 2), bits >>= 10;
      std::memcpy(out + 6, &pairs_[bits & 1023], 2), bits >>= 10;
      std::memcpy(out + 4, &pairs_[bits & 1023], 2), bits >>= 10;
      std::memcpy(out + 2, &pairs_[bits & 1023], 2), bits >>= 10;
      std::memcpy(out, &pairs_[bits], 2);
    }
    state_ = {a, b, c, d};
  }

 private:
  std::array<std::array<char, 2>, 1024> pairs_;
  std::array<std::uint64_t, 4> state_{1, 2, 3, 4};
};

// FF1 written directly from SP 800-38G, for twelve symbols of base 32 and no tweak: the key schedule is computed once,
// the halves are numbers, and each block of P || Q takes one EVP call.
class straightforward_ff1 {
 public:
  straightforward_ff1() : context_(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free) {
    EVP_EncryptInit_ex(context_.get(), EVP_aes_128_ecb(), nullptr, key().bytes().data(), nullptr);
    EVP_CIPHER_CTX_set_padding(context_.get(), 0);
  }
  void write(char* out, std::uint64_t ordinal) const {
    std::uint64_t a = ordinal >> 30, b = ordinal & (half - 1);
    for (unsigned char round = 0; round < 10; ++round) {
      unsigned char block[16] = {1, 2, 1, 0, 0, 32, 10, 6, 0, 0, 0, 12, 0, 0, 0, 0};
      encrypt(block);
      unsigned char q[16] = {};
      q[11] = round;
      for (int i = 0; i < 4; ++i) q[12 + i] = static_cast<unsigned char>(b >> (24 - 8 * i));
      for (int i = 0; i < 16; ++i) block[i] ^= q[i];
      encrypt(block);
      std::uint64_t y = 0;
      for (int i = 0; i < 8; ++i) y = y << 8 | block[i];
      const std::uint64_t c = (a + y % half) % half;
      a = b, b = c;
    }
    for (std::size_t i = 6; i-- > 0; a /= 32) out[i] = symbols[a % 32];
    for (std::size_t i = 12; i-- > 6; b /= 32) out[i] = symbols[b % 32];
  }

 private:
  static constexpr std::uint64_t half = std::uint64_t{1} << 30;

  void encrypt(unsigned char* block) const {
    int written = 0;
    EVP_EncryptUpdate(context_.get(), block, &written, block, 16);
  }

  std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context_;
};

void add_generate() {
  constexpr std::uint64_t feistel_count = 1'000'000, ff1_count = 100'000;
  benchmark::RegisterBenchmark("generate/scrambled/tallymark", [](benchmark::State& state) {
    write_in_bulk(state, unguessable(key()), feistel_count);
  })->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("generate/scrambled/random_texts", [](benchmark::State& state) {
    random_texts texts;
    run_with(state, feistel_count, [&] { texts.write(memory().data(), feistel_count); });
  })->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("generate/ff1/tallymark", [](benchmark::State& state) {
    write_in_bulk(state, scrambled_serial<base, ff1>(key()), ff1_count);
  })->Unit(benchmark::kMicrosecond);
  benchmark::RegisterBenchmark("generate/ff1/call_a_block", [](benchmark::State& state) {
    const straightforward_ff1 texts;
    run_with(state, ff1_count, [&] {
      for (std::uint64_t i = 0; i < ff1_count; ++i) texts.write(memory().data() + i * length, i + 1);
    });
    const scrambled_serial<base, ff1> policy(key());
    for (std::uint64_t i = 0; i < ff1_count; i += 997)
      if (policy.parse({memory().data() + i * length, length}) != i + 1)
        return state.SkipWithError("the texts are not those of FF1");
  })->Unit(benchmark::kMicrosecond);
}

// ---- lookup ---------------------------------------------------------------------------------------------------------

using set = policies<unguessable, unique_globally>;

// A billion serial numbers are issued as one run, and some of their texts are looked up in random order.
struct issued {
  static constexpr std::uint64_t serials = 1'000'000'000, item = 1'000;

  tallymark::registry<set> registry{set(unguessable(key()))};
  std::vector<char> texts{};
  std::uint64_t items = 0;
  bool complete = false;

  issued() {
    const auto runs = registry.issue({}, serials, item);
    complete = runs && runs->size() == 1 && (*runs)[0].length == serials;
    std::string text;
    for (const std::uint64_t number : bench::random_numbers(std::min<std::size_t>(1'000'000, bench::size()), serials)) {
      text.clear();
      registry.numbers().format(text, {{}, number + 1});
      texts.insert(texts.end(), text.begin(), text.end());
      items += item + number;
    }
  }
  [[nodiscard]] std::size_t count() const { return texts.size() / length; }
  [[nodiscard]] std::string_view text(std::size_t i) const { return {texts.data() + i * length, length}; }
};

const issued& all_issued() {
  static const issued instance;
  return instance;
}

void add_lookup() {
  const std::size_t count = std::min<std::size_t>(1'000'000, bench::size());
  bench::add_row("lookup/scrambled/tallymark", count, [](benchmark::State& state) {
    const issued& in = all_issued();
    bench::found sum;
    const double seconds = bench::seconds_of([&] {
      for (std::size_t i = 0; i < in.count(); ++i)
        if (const auto by = in.registry.find({}, in.text(i))) sum.add(by->item);
    });
    bench::check(state, in.complete && sum == bench::found{in.count(), in.items}, "the answers are wrong");
    return seconds;
  });
  bench::add_row("lookup/scrambled/decode", count, [](benchmark::State& state) {
    const issued& in = all_issued();
    bench::found sum;
    const double seconds = bench::seconds_of([&] {
      for (std::size_t i = 0; i < in.count(); ++i)
        if (const auto serial = in.registry.numbers().parse(in.text(i))) sum.add(serial->ordinal - 1 + issued::item);
    });
    bench::check(state, sum == bench::found{in.count(), in.items}, "the ordinals are wrong");
    return seconds;
  });
}

const bool registered = [] {
  add_generate();
  add_lookup();
  return true;
}();

}  // namespace
