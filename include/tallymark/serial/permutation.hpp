// What a permutation is: it puts ordinals into a secret order.
#pragma once

#include <tallymark/config.hpp>

#include <concepts>
#include <cstdint>
#include <span>
#include <string_view>

#include <tallymark/number/serial_number.hpp>
#include <tallymark/serial/secret_key.hpp>

namespace tallymark {

/// What is permuted: the ordinals 0 to `last`, at least two. If their texts are all the texts of `width` symbols out of
/// `radix`, these two are given; otherwise both are 0.
struct permutation_domain {
  std::uint64_t last = 1;  ///< 1 to max_ordinal
  unsigned radix = 0;      ///< number of symbols
  unsigned width = 0;      ///< symbols of each text
};

/// A keyed permutation: a type with a class template `over<permutation_domain>` that is constructed from a key and a
/// tweak, and can be copied. A tweak is not secret: the same key with another tweak gives another permutation.
///
/// * `permute(v)`: where v goes; both at most the last of the domain.
/// * `invert(v)`: the ordinal that goes to v.
/// * `permute(first, out)`: where each of `first`, `first + 1`, … goes. Precondition: none exceeds the last.
///
/// All are const, and any number of threads may call them at once.
template <class P>
concept permutation_policy = requires { typename P::template over<permutation_domain{999'999, 10, 6}>; } &&
                             std::copyable<typename P::template over<permutation_domain{999'999, 10, 6}>> &&
                             std::constructible_from<typename P::template over<permutation_domain{999'999, 10, 6}>,
                                                     const secret_key&, std::string_view> &&
                             requires(const typename P::template over<permutation_domain{999'999, 10, 6}>& of,
                                      std::uint64_t v, std::span<std::uint64_t> out) {
                               { of.permute(v) } -> std::same_as<std::uint64_t>;
                               { of.invert(v) } -> std::same_as<std::uint64_t>;
                               of.permute(v, out);
                             };

}  // namespace tallymark
