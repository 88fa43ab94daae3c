#include <tallymark/registry/detail/leaders.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <cstdint>
#include <utility>

using tallymark::detail::leaders;

namespace {

struct one_family {
  std::atomic<bool> claimed = false;
  one_family *before = nullptr, *after = nullptr;
  std::int64_t issued = 0;
};
using active = std::pair<one_family*, bool>;

}  // namespace

TEST_CASE("the first of those that were claimed leads, and then the next one", "[registry]") {
  leaders<one_family> in;
  one_family a, b, c, d;
  CHECK(in.active() == active(nullptr, false));
  for (one_family* each : {&a, &b, &c}) in.add_claimed(*each);
  CHECK(in.active() == active(&a, false));
  CHECK(in.remove_claimed(b));
  CHECK_FALSE(in.remove_claimed(b));
  CHECK(in.remove_claimed(a));
  CHECK(in.active() == active(&c, false));
  in.add_claimed(a);  // again, and behind the others now
  CHECK(in.active() == active(&c, false));
  CHECK(in.remove_claimed(c));
  CHECK(in.active() == active(&a, false));
  CHECK(in.remove_claimed(a));
  CHECK(in.active() == active(nullptr, false));
  in.add_claimed(d);
  CHECK(in.active() == active(&d, false));
}

TEST_CASE("a claim can become the first of all", "[registry]") {
  leaders<one_family> in;
  one_family a, b, c;
  in.claimed_first(a);
  in.add_claimed(b);
  in.claimed_first(c);  // c, a, b
  in.claimed_first(b);  // b, c, a
  for (one_family* each : {&b, &c, &a}) {
    CHECK(in.active() == active(each, false));
    CHECK(in.remove_claimed(*each));
  }
  CHECK(in.active() == active(nullptr, false));
}

TEST_CASE("the latest issue leads before all claims", "[registry]") {
  leaders<one_family> in;
  one_family a, b;
  in.add_claimed(a);
  const auto first = in.add_reserved(a), second = in.add_reserved(b);
  CHECK(first == 1);
  CHECK(second == 2);
  CHECK(in.active() == active(&b, true));
  CHECK(in.active(second) == active(&a, true));
  CHECK(in.active(first) == active(&b, true));
  in.commit(second);
  in.commit(first);
  CHECK(in.active() == active(&b, true));
  in.remove_issued(b);
  CHECK(in.active() == active(&a, true));
  in.remove_issued(a);
  CHECK(in.active() == active(&a, false));
}

TEST_CASE("of the issues of a family only the latest counts", "[registry]") {
  leaders<one_family> in;
  one_family a, b;
  const auto first = in.add_reserved(a), second = in.add_reserved(b), third = in.add_reserved(a);
  in.commit(third);
  in.commit(first);  // earlier than what a has
  CHECK(in.active() == active(&a, true));
  in.remove_issued(a);
  CHECK(in.active() == active(&b, true));
  in.give_back(second);
  CHECK(in.active() == active(nullptr, false));
}

TEST_CASE("what was issued last can be said later", "[registry]") {
  leaders<one_family> in;
  one_family a, b;
  in.commit(in.add_reserved(a));
  in.commit(in.add_reserved(b));
  in.issued_last(a);
  CHECK(in.active() == active(&a, true));
  CHECK(in.active(a.issued) == active(&b, true));
  in.remove_issued(a);
  CHECK(in.active() == active(&b, true));
  CHECK(in.add_reserved(a) == 4);
}
