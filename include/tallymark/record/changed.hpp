// Which members of a record differ, for histories.
#pragma once

#include <tallymark/config.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <tallymark/record/codec.hpp>
#include <tallymark/record/detail/asserted_record.hpp>

namespace tallymark {

/// Calls `visit(name, before, after)` for each member that differs, in order, with its values as text. The views are
/// valid during the call. Members without `==` differ if their texts do. O(bytes).
template <class Record, std::invocable<std::string_view, std::string_view, std::string_view> Visit>
constexpr void changed(const Record& before, const Record& after, Visit&& visit) {
  static_cast<void>(detail::asserted_record<Record>{});
  [[maybe_unused]] const auto compare = [&](std::string_view name, const auto& was, const auto& is) {
    using type = std::remove_cvref_t<decltype(was)>;
    if constexpr (std::equality_comparable<type>)
      if (was == is) return;
    std::string texts[2];
    detail::asserted_codec<type>::append(texts[0], was);
    detail::asserted_codec<type>::append(texts[1], is);
    if (std::equality_comparable<type> || texts[0] != texts[1])
      visit(name, std::string_view(texts[0]), std::string_view(texts[1]));
  };
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (compare(member_names<Record>[I], member<I>(before), member<I>(after)), ...);
  }(std::make_index_sequence<member_names<Record>.size()>{});
}

}  // namespace tallymark
