#include <tallymark/stock/detail/batch_book.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>
#include <vector>

using namespace tallymark;
using detail::batch_book;

TEST_CASE("a batch code knows who ever carried it", "[stock]") {
  batch_book book;
  const auto carry = [&](std::string_view code, items which) {
    const std::uint32_t number = book.intern(code);
    book.carry(number, which);
    book.keep();
    return number;
  };
  CHECK(book.find("B1") == detail::no_batch);
  const std::uint32_t number = carry("B1", {1, 3});
  CHECK(carry("B1", 4) == number);
  CHECK(carry("", 5) == detail::no_batch);
  book.carry(detail::no_batch, 6);
  book.carry(number, {9, 2});
  CHECK(book.carried(number) == std::vector<items>{{1, 4}, {9, 2}});
  for (int i = 0; i < 100; ++i) carry(std::to_string(i), 1);
  CHECK(carry("99", 2) == book.find("99"));
  CHECK(carry("B1", 20) == number);
  CHECK(book.carried(number) == std::vector<items>{{1, 4}, {9, 2}, {20}});
  CHECK(book.code(number) == "B1");
  CHECK(book.find("B1") == number);
  CHECK(book.code(detail::no_batch).empty());
  CHECK(book.size() == 101);
}

TEST_CASE("what a transaction did with batch codes can be taken back", "[stock]") {
  batch_book book;
  const std::uint32_t first = book.intern("B1");
  book.carry(first, {1, 3});
  book.keep();
  const std::uint32_t second = book.intern("B2");
  CHECK(book.size() == 1);
  CHECK(book.interned() == 2);
  book.carry(first, {4, 2});
  book.carry(first, {9, 2});
  book.carry(second, 9);
  book.drop(second, 9);
  book.drop(first, {9, 2});
  book.drop(first, {4, 2});
  book.drop(detail::no_batch, 4);
  CHECK(book.carried(first) == std::vector<items>{{1, 3}});
  book.undo();
  CHECK(book.find("B2") == detail::no_batch);
  CHECK(book.intern("B3") == second);
  CHECK(book.intern("B4") == second + 1);
  book.undo(2);
  CHECK(book.find("B4") == detail::no_batch);
  CHECK(book.find("B3") == second);
  book.keep();
  CHECK(book.size() == 2);
}
