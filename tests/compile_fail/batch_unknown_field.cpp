// expect: there is no field with this name, and no such member of the record
#include <tallymark/batch/pattern_batch.hpp>

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
using pattern = tallymark::pattern_batch<"{year}-{lime}">;
#else
using pattern = tallymark::pattern_batch<"{year}-{line}">;
#endif

void write(std::string& out, tallymark::batch_counters& counters, const site& where) {
  static_cast<void>(pattern{}.format(out, where, counters));
}
