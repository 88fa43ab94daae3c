#include <tallymark/registry/detail/leaders.hpp>

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

using tallymark::detail::left_as;
using tallymark::detail::no_entry;

namespace {

class one_family {
 public:
  std::uint32_t before = no_entry, after = no_entry;
  [[nodiscard]] bool claimed() const noexcept { return claimed_; }
  void set_claimed(bool to) noexcept { claimed_ = to; }
  [[nodiscard]] left_as left() const noexcept { return left_; }
  void set_left(left_as as) noexcept { left_ = as; }

 private:
  bool claimed_ = false;
  left_as left_{};
};
struct some_families {
  using entry = one_family;
  mutable std::array<one_family, 4> kept{};
  one_family& operator[](std::uint32_t number) const { return kept[number]; }
};

// Four families of a scope, and its leaders.
struct fixture {
  using leaders = tallymark::detail::leaders<some_families>;
  using mark = leaders::mark;
  using active_family = std::pair<one_family*, bool>;

  some_families all{};
  leaders in{};
  one_family &a = all[0], &b = all[1], &c = all[2], &d = all[3];

  fixture() {
    for (std::uint32_t number = 0; number < all.kept.size(); ++number) in.add(all, number);
  }
  [[nodiscard]] active_family active(const mark* without = nullptr) const { return in.active(all, without); }
  void claim(one_family& each) { in.add_claimed(all, each); }
  void leave(one_family& each) { in.leave(all, each); }
  void come_back(one_family& each) { in.come_back(all, each); }
  [[nodiscard]] std::unique_ptr<mark> reserved(one_family& from) {
    in.make_room(from);
    auto added = std::make_unique<mark>(from);
    in.add_reserved(*added);
    return added;
  }
  void issue(one_family& from) { in.commit(reserved(from)); }
  // those that were claimed, in the order in which they lead
  [[nodiscard]] std::vector<one_family*> claims() {
    std::vector<one_family*> out;
    in.for_each(all, [&](one_family& each) {
      if (each.claimed()) out.push_back(&each);
    });
    return out;
  }
};
using active = fixture::active_family;

}  // namespace

TEST_CASE("the first of those that were claimed leads, and then the next one", "[registry]") {
  fixture of;
  auto& [all, in, a, b, c, d] = of;
  CHECK(of.active() == active(nullptr, false));
  for (one_family* each : {&b, &a, &c}) of.claim(*each);
  CHECK(of.active() == active(&b, false));
  CHECK(of.claims() == std::vector{&b, &a, &c});
  of.leave(a);
  of.leave(a);
  of.leave(b);
  CHECK(of.active() == active(&c, false));
  of.claim(a);  // again, and after the others now
  CHECK(of.active() == active(&c, false));
  of.leave(c);
  CHECK(of.active() == active(&a, false));
  of.leave(a);
  CHECK(of.active() == active(nullptr, false));
  of.claim(d);
  CHECK(of.active() == active(&d, false));
  std::size_t visited = 0;
  in.for_each(all, [&](const one_family&) { ++visited; });
  CHECK(visited == 4);
}

TEST_CASE("a claim can become the first of all", "[registry]") {
  fixture of;
  auto& [all, in, a, b, c, d] = of;
  in.claimed_first(all, a);
  of.claim(b);
  in.claimed_first(all, c);  // c, a, b
  in.claimed_first(all, b);  // b, c, a
  in.claimed_first(all, b);
  for (one_family* each : {&b, &c, &a}) {
    CHECK(of.active() == active(each, false));
    of.leave(*each);
  }
  CHECK(of.active() == active(nullptr, false));
}

TEST_CASE("the latest issue leads before all claims", "[registry]") {
  fixture of;
  auto& [all, in, a, b, c, d] = of;
  of.claim(a);
  auto first = of.reserved(a), second = of.reserved(b);
  CHECK(of.active() == active(&b, true));
  CHECK(of.active(second.get()) == active(&a, true));
  CHECK(of.active(first.get()) == active(&b, true));
  in.commit(std::move(second));
  in.commit(std::move(first));
  CHECK(of.active() == active(&b, true));
  of.leave(b);
  CHECK(of.active() == active(&a, true));
  of.leave(a);
  CHECK(of.active() == active(nullptr, false));
}

TEST_CASE("of the issues of a family only the latest counts", "[registry]") {
  fixture of;
  auto& [all, in, a, b, c, d] = of;
  auto first = of.reserved(a), second = of.reserved(b), third = of.reserved(a);
  in.commit(std::move(third));
  in.commit(std::move(first));  // earlier than what a has
  CHECK(of.active() == active(&a, true));
  of.leave(a);
  CHECK(of.active() == active(&b, true));
  CHECK_FALSE(in.has_issued(b));
  in.give_back(std::move(second));
  CHECK(of.active() == active(nullptr, false));
  CHECK(in.has_issued(b));  // kept, so that it can be active again without memory
}

TEST_CASE("what was issued last can be said later", "[registry]") {
  fixture of;
  auto& [all, in, a, b, c, d] = of;
  of.issue(a);
  of.issue(b);
  in.issued_last(a);
  CHECK(of.active() == active(&a, true));
  of.leave(a);
  CHECK(of.active() == active(&b, true));
  in.issued_last(a);
  CHECK(of.active() == active(&a, true));
  CHECK_FALSE(in.has_issued(c));
  in.make_issued(c);
  CHECK(of.active() == active(&a, true));
  in.issued_last(c);
  CHECK(of.active() == active(&c, true));
}

TEST_CASE("a family comes back to where it was", "[registry]") {
  fixture of;
  auto& [all, in, a, b, c, d] = of;
  for (one_family* each : {&a, &b, &c}) of.claim(*each);
  SECTION("among the claims, whichever it was") {
    for (one_family* each : {&a, &b, &c}) {
      of.leave(*each);
      CHECK(of.claims().size() == 2U);
      of.come_back(*each);
      CHECK(of.claims() == std::vector{&a, &b, &c});
      CHECK(of.active() == active(&a, false));
    }
    for (one_family* each : {&a, &b, &c}) of.leave(*each);
    for (one_family* each : {&c, &b, &a}) {
      of.come_back(*each);
      CHECK(of.active() == active(each, false));
    }
    CHECK(of.claims() == std::vector{&a, &b, &c});
    for (one_family* each : {&c, &a, &b}) of.leave(*each);
    for (one_family* each : {&b, &a, &c}) of.come_back(*each);
    CHECK(of.claims() == std::vector{&a, &b, &c});
    CHECK(of.active() == active(&a, false));
  }
  SECTION("among the issues") {
    for (one_family* each : {&a, &b, &c}) of.issue(*each);
    of.leave(b);
    of.leave(c);
    of.come_back(b);
    CHECK(of.active() == active(&b, true));
    of.come_back(c);
    CHECK(of.active() == active(&c, true));
    of.leave(c);
    CHECK(of.active() == active(&b, true));
  }
  SECTION("nowhere, if it did not lead") {
    of.leave(d);
    of.come_back(d);
    CHECK(of.claims() == std::vector{&a, &b, &c});
  }
}

TEST_CASE("where the sequence begins is kept from the first time on", "[registry]") {
  fixture of;
  CHECK(of.in.start() == nullptr);
  of.in.ensure_start().start = tallymark::serial_number{{"SN-"}, 7};
  CHECK(of.in.start()->start->ordinal == 7);
  CHECK_FALSE(of.in.ensure_start().hint);
}
