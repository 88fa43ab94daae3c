// expect: tallymark::pattern_serial: a field and a member of the record have this name
#include <tallymark/core.hpp>
#include <tallymark/serial/pattern.hpp>

#include <array>
#include <string>
#include <string_view>
#include <tuple>

struct widget {
  std::string site;
  int day = 0;
};

template <>
struct tallymark::record_traits<widget> {
  static constexpr std::array<std::string_view, 2> names{"site", "day"};
  static constexpr std::tuple members{&widget::site, &widget::day};
};

#if TALLYMARK_BAD
using subject = tallymark::pattern_serial<"{site}-{day:02}-{counter:06}">;
#else
using subject = tallymark::pattern_serial<"{site}-{month:02}-{counter:06}">;
#endif

tallymark::registry<tallymark::policies<subject>> numbers;
auto issued = numbers.issue({}, 1, 1, widget{"A", 1});
