// expect: tallymark::field_codec: a member of this type cannot be written as text
#include <tallymark/record/changed.hpp>
#include <tallymark/record/hana.hpp>
#include <tallymark/record/row.hpp>

#include <string>
#include <string_view>
#include <vector>

struct colour {
  int code = 0;
};
struct supply {
  std::string part;
  colour paint{};
};
BOOST_HANA_ADAPT_STRUCT(supply, part, paint);

#if !TALLYMARK_BAD
template <>
struct tallymark::field_codec<colour> {
  static result<colour> parse(std::string_view text) {
    const auto code = field_codec<int>::parse(text);
    if (!code) return unexpected(code.error());
    return colour{*code};
  }
  static void append(std::string& out, const colour& value) { field_codec<int>::append(out, value.code); }
};
#endif

bool copy(const std::vector<std::string_view>& header, const std::vector<std::string_view>& fields) {
  const auto row = tallymark::read_row(fields, tallymark::bind_columns<supply>(header));
  bool differs = false;
  if (row)
    tallymark::changed(supply{}, *row, [&](std::string_view, std::string_view, std::string_view) { differs = true; });
  return row && (differs || !tallymark::write_row(*row).empty());
}
