// Records: an adapted type is a record, and access to a member costs nothing.
#include <tallymark/record/changed.hpp>
#include <tallymark/record/hana.hpp>
#include <tallymark/record/row.hpp>

#include <array>
#include <string_view>
#include <type_traits>

using namespace tallymark;

namespace {

struct by_hana {
  int first;
  int second;
};
struct by_hand {
  int first;
  int second;
};

}  // namespace

BOOST_HANA_ADAPT_STRUCT(by_hana, first, second);

template <>
struct tallymark::record_traits<by_hand> {
  static constexpr std::array<std::string_view, 2> names{"first", "second"};
  static constexpr std::tuple members{&by_hand::first, &by_hand::second};
};

namespace {

template <class Record>
constexpr int second_of(const Record& record) {
  int seen = 0;
  visit_member<"second">(record, [&](int value) { seen = value; });
  return seen;
}

}  // namespace

static_assert(member_names<by_hana> == member_names<by_hand>);
static_assert(second_of(by_hana{1, 2}) == 2 && second_of(by_hand{1, 2}) == 2);
static_assert(std::is_same_v<member_type_at<by_hana, "second">, member_type_at<by_hand, "second">>);
static_assert(write_header<by_hana>() == write_header<by_hand>());
