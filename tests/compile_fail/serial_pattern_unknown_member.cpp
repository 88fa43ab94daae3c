// expect: tallymark::pattern_serial: there is no field with this name, and no such member of the record
#include <tallymark/core.hpp>
#include <tallymark/serial/pattern.hpp>

#include <array>
#include <string>
#include <string_view>
#include <tuple>

struct widget {
  std::string site;
};

template <>
struct tallymark::record_traits<widget> {
  static constexpr std::array<std::string_view, 1> names{"site"};
  static constexpr std::tuple members{&widget::site};
};

#if TALLYMARK_BAD
using subject = tallymark::pattern_serial<"{sight}-{counter:06}">;
#else
using subject = tallymark::pattern_serial<"{site}-{counter:06}">;
#endif

tallymark::registry<tallymark::policies<subject>> numbers;
auto issued = numbers.issue({}, 1, 1, widget{"A"});
