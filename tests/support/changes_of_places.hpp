// Random changes to a form of the holders of 1024 places, beside one entry for each place.
#pragma once

#include <tallymark/index/detail/places.hpp>
#include <tallymark/number/holder.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>

namespace tallymark::testing {

/// Any holder whose item is not far from the greatest; for a run of places from this one on.
inline holder holder_near_last(std::uint64_t first, std::uint64_t any) {
  const auto state = static_cast<hold>(any % 3);
  return any % 5 == 0   ? holder{no_item, state}
         : any % 5 == 1 ? holder{no_item - 2000 + first, hold::claimed}
                        : holder{no_item - 1024 - any % 9, state};
}

// to a form that can hold all of them
template <class Form, class Holder>
void changes_as_places_do(Form form, Holder holder_of) {
  constexpr std::uint64_t places = tallymark::detail::places;
  std::array<std::optional<holder>, places> all{};
  std::mt19937_64 random(5);
  for (int i = 0; i < 400; ++i) {
    const std::uint64_t first = random() % places;
    const std::uint64_t length =
        random() % 2 == 0 ? 1 : 1 + random() % (i % 50 == 0 ? places - first : 1 + (places - first) / 20);
    if (random() % 3 == 0) {
      form.clear(first, length);
      for (std::uint64_t k = 0; k < length; ++k) all[first + k].reset();
    } else {
      const holder one = holder_of(first, random());
      REQUIRE(form.put(held_run{first, length, one}));
      for (std::uint64_t k = 0; k < length; ++k) all[first + k] = one + k;
    }
    std::optional<std::uint64_t> greatest;
    for (std::uint64_t at = 0, end = 0; at < places; ++at) {
      REQUIRE(form.find(at) == all[at]);
      if (all[at]) greatest = at;
      const tallymark::detail::stretch_of_places here = form.from(at);
      REQUIRE(here.by == all[at]);
      REQUIRE(here.end > at);
      if (end > at) REQUIRE(here.end == end);  // it ends where it ended for the place before
      end = here.end;
      if (end < places) {
        const bool goes_on = all[at] ? all[end] && all[at]->leads_to(*all[end], end - at) : !all[end];
        REQUIRE(!goes_on);
      }
    }
    if constexpr (requires { form.taken_of(first, length); }) {
      std::size_t taken = 0;
      for (std::uint64_t k = 0; k < length; ++k) taken += std::size_t{all[first + k].has_value()};
      REQUIRE(form.taken_of(first, length) == taken);
    }
    if (greatest) REQUIRE(form.greatest() == *greatest);
  }
}

}  // namespace tallymark::testing
