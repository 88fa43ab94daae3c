#include <tallymark/registry/detail/scope_map.hpp>

#include <tallymark/registry/detail/scope_mutex.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <variant>

using namespace tallymark;
using detail::scope_map;

namespace {

// What stands for the state of a scope.
struct counter {
  static constexpr bool concurrent = false;
  using mutex = detail::no_mutex;
  struct shared_state {};
  explicit counter(shared_state&, std::uint32_t number_of_scope = 0) : number(number_of_scope) {}
  std::uint32_t number;
  int value = 0;
};

struct shared_counter : counter {
  using counter::counter;
  static constexpr bool concurrent = true;
  using mutex = detail::brief_mutex;
};

// A key of a user whose hash is no hash.
struct same_hash {
  int value;
  friend bool operator==(const same_hash&, const same_hash&) = default;
  friend std::size_t hash_value(const same_hash&) { return 7; }
};

}  // namespace

TEST_CASE("scopes keep their keys and stay where they are", "[registry]") {
  scope_map<std::string_view, counter> map;
  counter* motor = nullptr;
  {
    const std::string key = "motor";
    motor = &map.get(key);
    motor->value = 7;
  }
  for (int i = 0; i < 100; ++i) map.get(std::to_string(i)).value = i;
  CHECK(&map.get("motor") == motor);
  CHECK(map.find("motor")->value == 7);
  CHECK(map.find("pump") == nullptr);
  CHECK(motor->number == 0);
  CHECK(map.find("57")->number == 58);

  scope_map<std::monostate, counter> one;
  one.get({}).value = 3;
  CHECK(one.find({})->value == 3);
}

TEST_CASE("threads find the same scope, whichever makes it", "[registry]") {
  scope_map<std::string_view, shared_counter> map;
  shared_counter* found[2] = {};
  const auto look = [&](int which) {
    for (int i = 0; i < 500; ++i) {
      const std::string key = std::to_string(i);
      if (&map.get(key) != map.find(key)) return;
    }
    found[which] = &map.get("250");
  };
  std::thread one([&] { look(0); }), two([&] { look(1); });
  one.join();
  two.join();
  CHECK(found[0] != nullptr);
  CHECK(found[0] == found[1]);
}

TEST_CASE("a bad hash of keys makes scopes slower to find, and not wrong", "[registry]") {
  scope_map<same_hash, counter> map;
  for (int i = 0; i < 300; ++i) map.get({i}).value = i;
  for (int i = 0; i < 300; ++i) CHECK(map.find(same_hash{i})->value == i);
  CHECK(map.find(same_hash{300}) == nullptr);
}
