#include <tallymark/serial/permutation.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/scrambled.hpp>
#include <tallymark/testing/laws.hpp>

using namespace tallymark;

namespace {

// a permutation of a user: reverses the order
struct backwards {
  template <permutation_domain Domain>
  struct over {
    constexpr explicit over(const secret_key&, std::string_view = {}) {}
    constexpr std::uint64_t permute(std::uint64_t v) const { return Domain.last - v; }
    constexpr std::uint64_t invert(std::uint64_t v) const { return Domain.last - v; }
    constexpr void permute(std::uint64_t first, std::span<std::uint64_t> out) const {
      for (std::size_t i = 0; i < out.size(); ++i) out[i] = permute(first + i);
    }
  };
};

struct no_inverse {
  template <permutation_domain Domain>
  struct over {
    explicit over(const secret_key&, std::string_view = {}) {}
    std::uint64_t permute(std::uint64_t v) const { return v; }
  };
};

using turned = scrambled_serial<alphabet_serial<"0123456789", 3>, backwards>;

}  // namespace

static_assert(permutation_policy<backwards> && permutation_policy<feistel>);
static_assert(!permutation_policy<no_inverse> && !permutation_policy<int>);
static_assert(turned(secret_key(std::array<std::uint8_t, 16>{})).parse("999") == 0);

TEST_CASE("a permutation of a user scrambles", "[serial]") {
  const turned policy{secret_key(std::array<std::uint8_t, 16>{})};
  std::string text;
  policy.format(text, 1);
  CHECK(text == "998");
  CHECK(policy.parse("000") == 999);
  CHECK_FALSE(testing::check_writing_laws(policy, {{}, 0}, 1000));
}
