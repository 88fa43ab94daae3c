// expect: only a number has a width
#include <tallymark/batch/batch_pattern.hpp>

#include <array>
#include <string>
#include <string_view>
#include <tuple>

struct site {
  std::string name;
  int line = 0;
};

template <>
struct tallymark::record_traits<site> {
  static constexpr std::array<std::string_view, 2> names{"name", "line"};
  static constexpr std::tuple members{&site::name, &site::line};
};

#if TALLYMARK_BAD
using pattern = tallymark::batch_pattern<"{name:04}">;
#else
using pattern = tallymark::batch_pattern<"{line:04}">;
#endif

void write(std::string& out, tallymark::batch_counters& counters, const site& where) {
  static_cast<void>(pattern{}.format(out, where, counters));
}
