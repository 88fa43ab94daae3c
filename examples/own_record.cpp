// Your own struct as a record: rows of a table to members and back, what changed, and a type with its own codec.
#include <tallymark/batch/pattern_batch.hpp>
#include <tallymark/record/changed.hpp>
#include <tallymark/record/hana.hpp>
#include <tallymark/record/row.hpp>

#include <array>
#include <chrono>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

using namespace tallymark;

enum class status { ok, damaged };

struct supply {
  std::string part;
  int quantity = 0;
  std::optional<date> expiry_date{};  // its column may be missing, and its field may be empty
  status condition = status::ok;
};
BOOST_HANA_ADAPT_STRUCT(supply, part, quantity, expiry_date, condition);

// How your own type is read and written.
template <>
struct tallymark::field_codec<status> {
  static result<status> parse(std::string_view text) {
    if (text == "ok") return status::ok;
    if (text == "damaged") return status::damaged;
    return fail(errc::bad_value, 0, text.size());
  }
  static void append(std::string& out, status value) { out += value == status::ok ? "ok" : "damaged"; }
};

// A type that cannot be adapted: two lines list its members. A member may be a function.
class machine {
 public:
  std::string site = "HAM";
  [[nodiscard]] int line() const { return 7; }
};
template <>
struct tallymark::record_traits<machine> {
  static constexpr std::array<std::string_view, 2> names{"site", "line"};
  static constexpr std::tuple members{&machine::site, &machine::line};
};

int main() {
  // Columns are found by their names, in any order; their contents come from a library that reads CSV.
  const std::vector<std::string_view> header{"quantity", "location", "part", "condition"};
  const auto columns = bind_columns<supply>(header);
  if (!columns.complete()) return 1;
  for (const std::size_t column : columns.unknown) std::cout << "not a member: " << header[column] << '\n';

  const std::vector<std::string_view> good{"12", "shelf 8", "M3-10", "ok"};
  const auto row = read_row(good, columns);

  const std::vector<std::string_view> bad{"12 pcs", "shelf 8", "M3-10", "ok"};
  const auto refused = read_row(bad, columns);
  if (refused) return 1;
  const row_failure& why = refused.error();
  std::cout << header[why.column] << ":\n" << explain(why.why, bad[why.column]) << '\n';

  // For a history: the members that differ, as text.
  supply after = *row;
  after.quantity = 10;
  after.expiry_date = std::chrono::year{2027} / 1 / 31;
  int changes = 0;
  changed(*row, after, [&](std::string_view name, std::string_view was, std::string_view is) {
    std::cout << name << ": '" << was << "' is now '" << is << "'\n";
    ++changes;
  });

  for (const std::string& field : write_row(after)) std::cout << field << ';';
  std::cout << '\n';

  std::string code;
  const auto done = pattern_batch<"{site}-{line:03}">{}.format(code, machine{});
  std::cout << code << '\n';
  return row && row->quantity == 12 && why.why.code == errc::not_a_number && changes == 2 && done && code == "HAM-007"
             ? 0
             : 1;
}
