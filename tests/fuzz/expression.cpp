// A libFuzzer target: any text and quantity, both dialects. `check` has the laws that hold for every text.
// clang++ -std=c++20 -fsanitize=fuzzer,address,undefined -I include tests/fuzz/expression.cpp
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <type_traits>
#include <vector>

#include <tallymark/expression/inventree.hpp>
#include <tallymark/expression/strict.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/policy/numbering.hpp>
#include <tallymark/serial/text.hpp>

namespace fuzz_expression {

/// Whether an expansion is well-formed: the wanted number of different serial numbers, or sorted errors within the text.
template <class Order>
inline bool holds(const tallymark::expansion& expanded, std::string_view text, std::uint64_t quantity) {
  const auto in_order = [](const tallymark::failure& a, const tallymark::failure& b) { return a.at < b.at; };
  const auto inside = [&](const tallymark::failure& why) {
    return std::uint64_t{why.at} + why.length <= text.size() && !explain(why, text).empty();
  };
  if (!expanded)
    return expanded.serials.empty() && std::is_sorted(expanded.errors.begin(), expanded.errors.end(), in_order) &&
           std::all_of(expanded.errors.begin(), expanded.errors.end(), inside);
  return expanded.serials.serials() == quantity && !tallymark::detail::overlap(Order::sorted(expanded.serials));
}

/// Both dialects, counting by one and by two.
inline bool check(std::string_view text, std::uint64_t quantity) {
  const auto both = [&](const auto& numbers) {
    using order = tallymark::detail::stride_order<std::remove_cvref_t<decltype(numbers)>::stride>;
    const tallymark::after_latest source(numbers, "SN-098");
    return holds<order>(tallymark::strict_expression{}.expand(text, quantity, numbers, source), text, quantity) &&
           holds<order>(tallymark::inventree_expression{}.expand(text, quantity, numbers, source), text, quantity);
  };
  return both(tallymark::numbering<tallymark::text_serial<>, tallymark::step<1>>{}) &&
         both(tallymark::numbering<tallymark::text_serial<>, tallymark::step<2>>{});
}

}  // namespace fuzz_expression

/// The first two bytes are the quantity: up to 4095, times a power of 16.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::uint64_t quantity = std::uint64_t{data[0] + 256U * (data[1] % 16U)} << 4U * (data[1] / 16U);
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  if (!fuzz_expression::check(text, quantity)) std::abort();
  return 0;
}
