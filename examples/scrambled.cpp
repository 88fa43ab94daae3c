// Serial numbers that cannot be guessed: labels for medicines, with a key from the settings.
#include <tallymark/core.hpp>
#include <tallymark/serial/ff1.hpp>
#include <tallymark/serial/scrambled.hpp>

#include <iostream>
#include <string>
#include <vector>

using namespace tallymark;

// Ten symbols that are hard to misread, enough for a hundred million packs; with nine it does not compile.
using symbols = alphabet_serial<"0123456789ABCDEFGHJKMNPQRSTVWXYZ", 10>;
using pack_serial = scrambled_serial<symbols, feistel, issue_volume{100'000'000}>;
struct packs : policies<pack_serial, unique_per_part> {};

// The same with the standard's permutation, for a field of twelve digits.
using standard_serial = scrambled_serial<prefixed_serial<"", 12>, ff1, issue_volume{10'000'000}>;

// Your own permutation: backwards. It is not secret.
struct backwards {
  template <permutation_domain Domain>
  struct over {
    constexpr explicit over(const secret_key&, std::string_view = {}) {}
    constexpr std::uint64_t permute(std::uint64_t v) const { return Domain.last - v; }
    constexpr std::uint64_t invert(std::uint64_t v) const { return Domain.last - v; }
    constexpr void permute(std::uint64_t first, std::span<std::uint64_t> out) const {
      for (std::uint64_t& place : out) place = permute(first++);
    }
  };
};
static_assert(permutation_policy<backwards>);

namespace {

int failures = 0;

void expect(bool right, const char* what) {
  if (right) return;
  std::cerr << "not as expected: " << what << '\n';
  ++failures;
}

}  // namespace

int main() {
  // The key of this example is in the source; take yours from where you keep secrets.
  const auto key = secret_key::from_hex("000102030405060708090a0b0c0d0e0f");
  if (!key) return 1;

  // A million packs of a part, as one run.
  registry<packs> registry(packs{{pack_serial(*key)}});
  const auto issued = registry.issue("aspirin", 1'000'000);
  if (!issued) return 1;
  expect(issued->size() == 1, "one run");

  // Their texts, for the printer: 11 bytes each.
  std::vector<char> page(1'000'000 * 11);
  const serial_range texts(registry.numbers(), *issued);
  texts.write_to(page, "\n");
  std::cout << std::string_view(page.data(), 33);

  // A scanned text is found in the run; a guessed one is free.
  expect(registry.contains("aspirin", texts[123'456]), "what was issued is found");
  expect(!registry.contains("aspirin", "0123456789"), "what was guessed is not");

  // By the standard: FF1 over AES-128, with the tweak of a production line.
  const standard_serial line(*key, "line 2");
  std::string text;
  line.format(text, 1);
  std::cout << text << '\n';
  expect(line.parse(text) == 1, "it goes back");

  // Another order: your own permutation.
  const scrambled_serial<prefixed_serial<"", 3>, backwards> turned(*key);
  expect(turned.parse("998") == 1, "backwards");
  expect(!secret_key::from_hex("too short"), "a key has 32, 48 or 64 digits");
  return failures == 0 ? 0 : 1;
}
