// Users' own members of parts and stock items as texts, as journals keep them, and back.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <tallymark/record/codec.hpp>
#include <tallymark/stock/rows.hpp>

namespace tallymark::detail {

// The names of the members of a user's own data; a type that a journal cannot keep is refused with one sentence.
template <class Data>
[[nodiscard]] std::span<const std::string_view> names_of_members() {
  static_assert(std::is_same_v<Data, no_record> || adapted_record<Data>,
                "tallymark::stock: a journal cannot keep data of this type. Adapt it as a record: specialise "
                "tallymark::record_traits, or include tallymark/record/hana.hpp for structs of Boost.Hana");
  return member_names<Data>;
}

template <class Data, std::size_t I>
inline constexpr bool can_be_set =
    std::is_assignable_v<decltype(member<I>(std::declval<Data&>())), member_type<I, Data>>;

// The texts of the members; none if all of them are empty.
template <class Data>
void append_texts(const Data& data, std::vector<std::string>& out) {
  if constexpr (adapted_record<Data>) {
    out.resize(member_names<Data>.size());
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (asserted_codec<member_type<I, Data>>::append(out[I], member<I>(data)), ...);
    }(std::make_index_sequence<member_names<Data>.size()>{});
    if (std::all_of(out.begin(), out.end(), [](const std::string& text) { return text.empty(); })) out.clear();
  }
}

// The data with these texts as members; members that are worked out from others are left alone. Errors: those of the
// members' codecs.
template <class Data>
[[nodiscard]] result<Data> data_of(member_texts texts) {
  Data data{};
  if constexpr (adapted_record<Data>) {
    result<void> done;
    const auto set = [&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
      if constexpr (can_be_set<Data, I>) {
        auto value = asserted_codec<member_type<I, Data>>::parse(texts[I]);
        if (!value && texts[I].empty()) return true;  // was never written
        if (value)
          member<I>(data) = std::move(*value);
        else
          done = unexpected(value.error());
      }
      return done.has_value();
    };
    if (!texts.empty()) {
      if (texts.size() != member_names<Data>.size()) return fail(errc::journal_corrupt);
      [&]<std::size_t... I>(std::index_sequence<I...>) {
        (void)(set(std::integral_constant<std::size_t, I>{}) && ...);
      }(std::make_index_sequence<member_names<Data>.size()>{});
    }
    if (!done) return unexpected(done.error());
  }
  return data;
}

}  // namespace tallymark::detail
