// Properties of every batch policy of the library.
#include <tallymark/batch/chain_batch.hpp>
#include <tallymark/batch/date_batch.hpp>
#include <tallymark/batch/pattern_batch.hpp>
#include <tallymark/batch/template_batch.hpp>
#include <tallymark/batch/validated_batch.hpp>
#include <tallymark/policies.hpp>

#include <map>
#include <string>
#include <type_traits>

using namespace tallymark;

namespace {

struct any_rule {
  constexpr result<opinion> operator()(std::string_view) const { return opinion::none; }
};

template <class P>
constexpr bool is_complete = policy<P> && fills<P, batch_slot> && batch_policy_for<P, no_record> &&
                             batch_policy_for<P, int> && std::is_default_constructible_v<P> &&
                             std::is_copy_constructible_v<P> && std::is_same_v<typename policies<P>::batch, P>;

template <class P>
constexpr bool is_plain_value = is_complete<P> && std::is_empty_v<P> && std::is_trivially_copyable_v<P>;

}  // namespace

static_assert(is_plain_value<date_batch<>> && is_plain_value<date_batch<utc_clock>>);
static_assert(is_plain_value<pattern_batch<"{year}{month:02}-{sequence:04}">>);
static_assert(is_complete<validated_batch<date_batch<>, any_rule>> &&
              std::is_empty_v<validated_batch<date_batch<>, any_rule>>);
static_assert(is_complete<chain_batch<date_batch<>>> && std::is_empty_v<chain_batch<date_batch<>, pattern_batch<"x">>>);
static_assert(is_complete<template_batch<>> && is_complete<template_batch<fixed_clock>>);
static_assert(is_complete<validated_batch<chain_batch<template_batch<>, date_batch<>>, any_rule>>);
static_assert(batch_policy_for<template_batch<>, std::map<std::string, std::string, std::less<>>>);

// a stateless batch policy adds no bytes to a set
static_assert(sizeof(policies<pattern_batch<"{year}">>) == sizeof(policies<>));
// a clock with state adds only the size of its state
static_assert(sizeof(date_batch<fixed_clock>) == sizeof(fixed_clock));
static_assert(sizeof(validated_batch<date_batch<fixed_clock>, any_rule>) == sizeof(fixed_clock));
