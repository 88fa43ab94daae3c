#include <tallymark/registry/detail/scope_mutex.hpp>

#include <tallymark/index/concurrent_index.hpp>
#include <tallymark/index/dense_index.hpp>

#include <catch2/catch_test_macros.hpp>

#include <thread>
#include <type_traits>

using namespace tallymark;

static_assert(std::is_same_v<detail::mutex_of<dense_map>, detail::no_mutex> &&
              std::is_same_v<detail::mutex_of<concurrent_map>, detail::brief_mutex>);

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
