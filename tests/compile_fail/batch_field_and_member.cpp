// expect: a field and a member of the record have this name
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
  static constexpr std::array<std::string_view, 2> names{"name", "day"};
  static constexpr std::tuple members{&site::name, &site::line};
};

#if TALLYMARK_BAD
using pattern = tallymark::pattern_batch<"{name}-{day}">;
#else
using pattern = tallymark::pattern_batch<"{name}-{month}">;
#endif

void write(std::string& out, tallymark::batch_counters& counters, const site& where) {
  static_cast<void>(pattern{}.format(out, where, counters));
}
