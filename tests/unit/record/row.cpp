#include <tallymark/record/row.hpp>

#include <catch2/catch_test_macros.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tallymark/record/hana.hpp>

using namespace tallymark;

namespace {

struct supply {
  std::string part;
  int quantity = 1;
  bool trackable = true;
  std::optional<date> expiry{};
  double price = 0.5;
  friend bool operator==(const supply&, const supply&) = default;
};
struct blob {
  const void* data = nullptr;
};

using texts = std::vector<std::string_view>;

}  // namespace

BOOST_HANA_ADAPT_STRUCT(supply, part, quantity, trackable, expiry, price);

namespace {

column_binding<supply> bind(const texts& headers) { return bind_columns<supply>(headers); }
const texts full_header{"part", "quantity", "trackable", "expiry", "price"};

result<supply, row_failure> read(const texts& fields) { return read_row(fields, bind(full_header)); }

}  // namespace

TEST_CASE("columns are found in any order", "[record]") {
  const auto bound = bind({"price", "note", " quantity\t", "trackable", "part", "expiry"});
  CHECK(bound.complete());
  CHECK(bound.columns == std::array<std::size_t, 5>{4, 2, 3, 5, 0});
  CHECK(bound.unknown == std::vector<std::size_t>{1});
}

TEST_CASE("missing, repeated and unknown columns are reported", "[record]") {
  const auto bound = bind({"Part", "quantity", "", "quantity", "", "quantity"});
  CHECK_FALSE(bound.complete());
  CHECK(bound.missing == std::vector<std::size_t>{0, 2, 4});  // expiry may be missing
  CHECK(bound.doubled == std::vector<std::size_t>{3, 5});
  CHECK(bound.unknown == std::vector<std::size_t>{0, 2, 4});
  CHECK(bound.columns[1] == 1);
  CHECK(bound.columns[3] == no_column);
  CHECK(bind({}).missing.size() == 4);
  CHECK_FALSE(bind({"part", "part", "quantity", "trackable", "price"}).complete());
}

TEST_CASE("a row is read", "[record]") {
  CHECK(read({"X-1", " 7 ", "no", "2027-01-31", "1.5"}).value() ==
        supply{"X-1", 7, false, std::chrono::year{2027} / 1 / 31, 1.5});
  CHECK(read({" X ", "-1", "1", "", "0"}).value() == supply{" X ", -1, true, {}, 0});
  CHECK(read({"a", "1", "1", "", "0", "more", "fields"}).has_value());
}

TEST_CASE("a member without a column keeps its value", "[record]") {
  const texts header{"quantity", "part"};
  const texts fields{"3", "X"};
  CHECK(read_row(fields, bind(header)).value() == supply{"X", 3, true, {}, 0.5});
}

TEST_CASE("a field that does not fit is reported", "[record]") {
  CHECK(read({"X", "7x", "1", "", "0"}).error() == row_failure{1, 1, {errc::not_a_number, 1, 1}});
  CHECK(read({"X", "99999999999", "1", "", "0"}).error() == row_failure{1, 1, {errc::bad_value, 0, 11}});
  CHECK(read({"X", "7", "maybe", "", "0"}).error() == row_failure{2, 2, {errc::bad_value, 0, 5}});
  CHECK(read({"X", "7", "1", "31.1.2027", "0"}).error() == row_failure{3, 3, {errc::not_a_date, 2, 1}});
  CHECK(read({"X", "7", "1", "", "1e9999"}).error() == row_failure{4, 4, {errc::bad_value, 0, 6}});
  CHECK(read({"X", "", "", "", ""}).error() == row_failure{1, 1, {errc::empty_text, 0, 0}});  // the first error
  const texts header{"quantity", "part"};
  const texts fields{"x", "X"};
  CHECK(read_row(fields, bind(header)).error() == row_failure{0, 1, {errc::not_a_number, 0, 1}});
}

TEST_CASE("the first missing field of a short row is reported", "[record]") {
  CHECK(read({}).error() == row_failure{0, 0, {errc::row_too_short, 0, 0}});
  CHECK(read({"X", "7", "1", ""}).error() == row_failure{4, 4, {errc::row_too_short, 0, 0}});
}

TEST_CASE("a written row reads back equal", "[record]") {
  const supply one{"a, \"b\"\n", -7, false, std::chrono::year{2027} / 1 / 31, 0.1};
  CHECK(write_row(one) == std::array<std::string, 5>{"a, \"b\"\n", "-7", "false", "2027-01-31", "0.1"});
  for (const supply& record : {one, supply{}, supply{"", 0, true, {}, -1e-300}}) {
    const auto row = write_row(record);
    const texts fields(row.begin(), row.end());
    const texts headers(write_header<supply>().begin(), write_header<supply>().end());
    CHECK(read_row(fields, bind(headers)).value() == record);
  }
}

TEST_CASE("no_record has no columns", "[record]") {
  const texts headers{"a"};
  const auto bound = bind_columns<no_record>(headers);
  CHECK(bound.complete());
  CHECK(bound.unknown.size() == 1);
  CHECK(read_row(headers, bound).value() == no_record{});
  CHECK(write_row(no_record{}).empty());
}
