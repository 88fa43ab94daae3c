// The members of records that patterns name.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include <tallymark/ext/fixed_string.hpp>
#include <tallymark/record/codec.hpp>

namespace tallymark::detail {

// Bytes of a pattern as a literal of their own.
template <fixed_string Pattern, std::size_t At, std::size_t Length>
inline constexpr auto part_of_pattern = []<std::size_t... I>(std::index_sequence<I...>) {
  return fixed_string<Length + 1>({Pattern.value[At + I]..., '\0'});
}(std::make_index_sequence<Length>{});

// A template over the name, so that the compiler shows it.
template <fixed_string Name, class Record>
inline constexpr bool names_a_member = !std::is_void_v<member_type_at<Record, Name>>;

}  // namespace tallymark::detail
