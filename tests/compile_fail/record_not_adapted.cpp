// expect: Adapt the type first, with BOOST_HANA_ADAPT_STRUCT(type, member...)
#include <tallymark/record/changed.hpp>
#include <tallymark/record/hana.hpp>
#include <tallymark/record/row.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

struct supply {
  std::string part;
  int quantity = 0;
};
#if !TALLYMARK_BAD
BOOST_HANA_ADAPT_STRUCT(supply, part, quantity);
#endif

std::size_t read(const std::vector<std::string_view>& header, const std::vector<std::string_view>& fields) {
  const auto columns = tallymark::bind_columns<supply>(header);
  const auto row = tallymark::read_row(fields, columns);
  if (!row) return 0;
  std::size_t changes = tallymark::write_header<supply>().size() + tallymark::write_row(*row).size();
  tallymark::changed(supply{}, *row, [&](std::string_view, std::string_view, std::string_view) { ++changes; });
  return changes;
}
