#include <tallymark/pattern/detail/pattern_member.hpp>

#include <array>
#include <string>
#include <string_view>
#include <tuple>

using namespace tallymark;

namespace {

struct product {
  std::string ipn;
};
struct job {
  product part;
  const product* tool = nullptr;
};

}  // namespace

template <>
struct tallymark::record_traits<product> {
  static constexpr std::array<std::string_view, 1> names{"ipn"};
  static constexpr std::tuple members{&product::ipn};
};
template <>
struct tallymark::record_traits<job> {
  static constexpr std::array<std::string_view, 2> names{"part", "tool"};
  static constexpr std::tuple members{&job::part, &job::tool};
};

static_assert(detail::part_of_pattern<"A{part.ipn}", 2, 8>.view() == "part.ipn");
static_assert(detail::part_of_pattern<"A", 1, 0>.view().empty());
static_assert(detail::names_a_member<"part.ipn", job> && detail::names_a_member<"tool.ipn", job> &&
              detail::names_a_member<"part", job>);
static_assert(!detail::names_a_member<"ipn", job> && !detail::names_a_member<"part.name", job> &&
              !detail::names_a_member<"year", no_record>);
