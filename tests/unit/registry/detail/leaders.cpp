#include <tallymark/registry/detail/leaders.hpp>

#include <catch2/catch_test_macros.hpp>

#include <atomic>
#include <memory>
#include <utility>
#include <vector>

using tallymark::detail::issue_mark;
using tallymark::detail::leaders;
using tallymark::detail::left_leaders;

namespace {

struct one_family {
  std::atomic<bool> claimed = false;
  one_family *before = nullptr, *after = nullptr;
  std::unique_ptr<issue_mark<one_family>> issued;
  left_leaders left{};
};
using active = std::pair<one_family*, bool>;

std::unique_ptr<issue_mark<one_family>> reserved(leaders<one_family>& in, one_family& from) {
  auto mark = std::make_unique<issue_mark<one_family>>(from);
  in.add_reserved(*mark);
  return mark;
}

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
  in.add_claimed(a);  // again, and after the others now
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
  auto first = reserved(in, a), second = reserved(in, b);
  CHECK(in.active() == active(&b, true));
  CHECK(in.active(second.get()) == active(&a, true));
  CHECK(in.active(first.get()) == active(&b, true));
  in.commit(std::move(second));
  in.commit(std::move(first));
  CHECK(in.active() == active(&b, true));
  in.leave(b);
  CHECK(in.active() == active(&a, true));
  in.leave(a);
  CHECK(in.active() == active(nullptr, false));
}

TEST_CASE("of the issues of a family only the latest counts", "[registry]") {
  leaders<one_family> in;
  one_family a, b;
  auto first = reserved(in, a), second = reserved(in, b), third = reserved(in, a);
  in.commit(std::move(third));
  in.commit(std::move(first));  // earlier than what a has
  CHECK(in.active() == active(&a, true));
  in.leave(a);
  CHECK(in.active() == active(&b, true));
  in.give_back(std::move(second));
  CHECK(in.active() == active(nullptr, false));
  CHECK(b.issued);  // kept, so that it can be active again without memory
}

TEST_CASE("what was issued last can be said later", "[registry]") {
  leaders<one_family> in;
  one_family a, b;
  in.commit(reserved(in, a));
  in.commit(reserved(in, b));
  in.issued_last(a);
  CHECK(in.active() == active(&a, true));
  CHECK(in.active(a.issued.get()) == active(&b, true));
  in.leave(a);
  CHECK(in.active() == active(&b, true));
  in.issued_last(a);
  CHECK(in.active() == active(&a, true));
}

TEST_CASE("a family comes back to where it was", "[registry]") {
  leaders<one_family> in;
  one_family a, b, c;
  const auto claims = [&] {
    std::vector<one_family*> out;
    for (const one_family* at = in.active().first; at; at = at->after) out.push_back(const_cast<one_family*>(at));
    return out;
  };
  for (one_family* each : {&a, &b, &c}) in.add_claimed(*each);
  SECTION("among the claims, whichever it was") {
    for (one_family* each : {&a, &b, &c}) {
      in.leave(*each);
      CHECK(claims().size() == 2U);
      in.come_back(*each);
      CHECK(claims() == std::vector{&a, &b, &c});
    }
    for (one_family* each : {&a, &b, &c}) in.leave(*each);
    for (one_family* each : {&c, &b, &a}) in.come_back(*each);
    CHECK(claims() == std::vector{&a, &b, &c});
  }
  SECTION("last, if the others have changed meanwhile") {
    in.leave(b);
    in.leave(c);
    in.come_back(b);
    CHECK(claims() == std::vector{&a, &b});
  }
  SECTION("among the issues") {
    in.commit(reserved(in, a));
    in.commit(reserved(in, b));
    in.commit(reserved(in, c));
    in.leave(b);
    in.leave(c);
    in.come_back(b);
    CHECK(in.active() == active(&b, true));
    in.come_back(c);
    CHECK(in.active() == active(&c, true));
    in.leave(c);
    CHECK(in.active() == active(&b, true));
  }
  SECTION("nowhere, if it did not lead") {
    one_family d;
    in.leave(d);
    in.come_back(d);
    CHECK(claims() == std::vector{&a, &b, &c});
  }
}
