// Somebody's program on a database that the tool works on, too: program <kind> <action> <file> [numbers]
// Kinds: `plain` has the default policies, `own` other ones, `tens` counts by ten, `members` has data of its own about
// parts and items.
#include <tallymark/journal/sqlite.hpp>
#include <tallymark/tallymark.hpp>

#include <array>
#include <cstdint>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace {

struct plain_set : tallymark::policies<tallymark::sqlite_journal> {};
struct ten_set : tallymark::policies<tallymark::step<10>, tallymark::sqlite_journal> {};
struct own_set
    : tallymark::policies<tallymark::prefixed_serial<"SN-", 6>, tallymark::unique_globally, tallymark::sqlite_journal> {
};

}  // namespace

struct supplier {
  std::string name = "unknown";
  std::uint32_t days = 14;
  friend bool operator==(const supplier&, const supplier&) = default;
};
struct shelf {
  std::string site = "HAM";
  int level = 1;
  std::optional<double> weight{};
  friend bool operator==(const shelf&, const shelf&) = default;
};

template <>
struct tallymark::record_traits<supplier> {
  static constexpr std::array<std::string_view, 2> names{"supplier", "days"};
  static constexpr std::tuple members{&supplier::name, &supplier::days};
};
template <>
struct tallymark::record_traits<shelf> {
  static constexpr std::array<std::string_view, 3> names{"site", "level", "weight"};
  static constexpr std::tuple members{&shelf::site, &shelf::level, &shelf::weight};
};

namespace {

using tallymark::item_id;

int refused(const tallymark::refusal& why) {
  std::string text;
  append_text(text, why);
  std::cerr << text << '\n';
  return 1;
}
template <class Answer>
int told(const Answer& answer) {
  return answer ? 0 : refused(answer.error());
}

// A line for each item.
template <class Stock>
void list(const Stock& stock) {
  for (item_id id = 1; id <= stock.size(); ++id) {
    const auto item = stock.get(id);
    std::cout << id << ' ' << item->part << ' ' << item->amount.text() << ' ' << item->serial.value_or("-") << ' '
              << (item->batch.empty() ? "-" : item->batch) << (item->removed ? " removed" : "");
    if constexpr (requires { item->data.level; }) std::cout << ' ' << item->data.site << ' ' << item->data.level;
    std::cout << '\n';
  }
}

template <class Set, class PartData, class ItemData>
int use(std::string_view action, const std::string& file, const std::vector<std::uint64_t>& given) {
  tallymark::stock<Set, std::string, PartData, ItemData> stock(Set{{tallymark::sqlite_journal(file)}});
  if (const auto opened = stock.open(); !opened) return refused(opened.error());
  if (action == "make") {
    typename decltype(stock)::part_type motor{.key = "motor"};
    typename decltype(stock)::new_item box{.part = "motor", .amount = 500, .batch = "B-7"};
    if constexpr (requires { motor.data.days; }) motor.data = {"Kraft", 3};
    if constexpr (requires { box.data.level; }) box.data = {"KIEL", 7, 2.5};
    if (const auto added = stock.add_part(motor); !added) return refused(added.error());
    const auto created = stock.create(box);
    return created ? told(stock.serialize(created->first, 6)) : refused(created.error());
  }
  if (action == "create") {
    typename decltype(stock)::new_item added{.part = stock.parts()[0].key, .amount = 30};
    if constexpr (requires { added.data.level; }) added.data = {"BONN", 2, {}};
    return told(stock.create(added));
  }
  if (action == "split") return told(stock.split(given.at(0), tallymark::quantity(given.at(1))));
  if (action == "serialize") return told(stock.serialize(given.at(0), given.at(1)));
  list(stock);
  return 0;
}

}  // namespace

int main(int count, char** words) {
  if (count < 4) return 2;
  const std::string_view kind(words[1]), action(words[2]);
  std::vector<std::uint64_t> given;
  for (int i = 4; i < count; ++i) given.push_back(std::stoull(words[i]));
  using tallymark::no_record;
  if (kind == "plain") return use<plain_set, no_record, no_record>(action, words[3], given);
  if (kind == "tens") return use<ten_set, no_record, no_record>(action, words[3], given);
  if (kind == "own") return use<own_set, no_record, no_record>(action, words[3], given);
  if (kind == "members") return use<plain_set, supplier, shelf>(action, words[3], given);
  return 2;
}
