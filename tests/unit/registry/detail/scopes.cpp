#include <tallymark/registry/detail/scopes.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <variant>

using namespace tallymark;
using detail::scope_map;

static_assert(std::is_same_v<detail::owned_key<std::string_view>, std::string> &&
              std::is_same_v<detail::owned_key<const char*>, std::string> &&
              std::is_same_v<detail::owned_key<std::string>, std::string> &&
              std::is_same_v<detail::owned_key<int>, int>);

namespace {

// What stands for the state of a scope.
struct counter {
  static constexpr bool concurrent = false;
  using mutex = detail::no_mutex;
  int value = 0;
};

struct shared_counter : counter {
  static constexpr bool concurrent = true;
  using mutex = detail::brief_mutex;
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

  scope_map<std::monostate, counter> one;
  one.get({}).value = 3;
  CHECK(one.find({})->value == 3);
}

TEST_CASE("threads find the same scope, whoever makes it", "[registry]") {
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

TEST_CASE("only one at a time has a brief lock", "[registry]") {
  detail::brief_mutex mutex;
  int count = 0;
  const auto work = [&] {
    for (int i = 0; i < 20'000; ++i) {
      mutex.lock();
      ++count;
      mutex.unlock();
    }
  };
  std::thread one(work), two(work);
  one.join();
  two.join();
  CHECK(count == 40'000);
}
