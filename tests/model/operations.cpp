// Compares long sequences of random operations on a registry, with each index, with an array: a few chunks of ordinals
// are claimed, freed and claimed again until every kind of chunk has turned into every other. TALLYMARK_OPERATIONS is
// the number of operations for each index.
#include <catch2/catch_test_macros.hpp>

#include <tallymark/index/concurrent_index.hpp>
#include <tallymark/index/dense_index.hpp>
#include <tallymark/index/hashed_index.hpp>
#include <tallymark/index/run_index.hpp>
#include <tallymark/registry/registry.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace tallymark;

namespace {

std::uint64_t operations() {
  const char* value = std::getenv("TALLYMARK_OPERATIONS");
  return value ? std::strtoull(value, nullptr, 10) : 30'000;
}

template <class Index>
class long_run {
 public:
  void go(std::uint64_t steps) {
    for (std::uint64_t step = 0; step < steps; ++step) {
      if (step % 5000 == 0) mood_ = any(4);
      random_operation();
      look_up();
      if (step % 20'000 == 0 || step + 1 == steps) compare_all();
      if (failure_) FAIL(failure_ << " at step " << step);
    }
  }

 private:
  static constexpr std::uint64_t size = 5000, first = 1000;  // ordinals 1000 to 5999
  using policies_type = policies<Index, unique_globally>;
  using reserved = std::pair<typename registry<policies_type>::reservation, run_list>;

  std::uint64_t any(std::uint64_t below) { return random_() % below; }
  [[nodiscard]] static std::string text(std::uint64_t place) { return "SN-" + std::to_string(first + place); }
  [[nodiscard]] holder any_holder(std::uint64_t place) {
    switch (any(mood_ == 0 ? 2 : 4)) {
      case 0: return {no_item};
      case 1: return {1'000'000 + place};  // so that neighbours form runs
      case 2: return {any(1000)};
      default: return {any(100) == 0 ? (std::uint64_t{1} << 60) + any(1000) : any(1'000'000'000'000)};
    }
  }
  void expect(bool holds, const char* what) {
    if (!holds && !failure_) failure_ = what;
  }

  // the probabilities of the kinds of changes vary with mood_
  void random_operation() {
    const std::uint64_t at = any(size), count = std::min(size - at, 1 + any(any(8) == 0 ? 2000 : 40));
    const std::uint64_t kind = any(100), frees = mood_ == 1 ? 60 : mood_ == 2 ? 5 : 25;
    if (kind < frees) {
      free_some(at, any(3) == 0 ? count : 1);
    } else if (kind < frees + 3) {
      reserve(1 + any(50));
    } else if (kind < frees + 6) {
      settle();
    } else if (kind < frees + 12) {
      claim_run(at, count);
    } else if (kind < frees + 16) {
      claim_texts(at, count);
    } else {
      claim(at);
    }
  }

  void claim(std::uint64_t at) {
    const holder by = any_holder(at);
    const auto claimed = real_.claim({}, text(at), by.item);
    expect(claimed.has_value() == !held_[at], "a claim");
    if (!claimed) expect(claimed.error().code == reason(held_[at]->state), "why a claim is refused");
    if (claimed) held_[at] = by;
  }
  void take(std::uint64_t at, std::uint64_t count, const holder& by) {
    for (std::uint64_t i = 0; i < count; ++i) held_[at + i] = by + i;
  }
  [[nodiscard]] bool are_free(std::uint64_t at, std::uint64_t count) const {
    return std::none_of(held_.begin() + std::ptrdiff_t(at), held_.begin() + std::ptrdiff_t(at + count),
                        [](const auto& by) { return by.has_value(); });
  }
  void claim_run(std::uint64_t at, std::uint64_t count) {
    const holder by = any_holder(at);
    run_list requested;
    requested.add(run{{"SN-"}, first + at, count});
    const auto claimed = real_.claim({}, requested, by.item);
    expect(claimed.has_value() == are_free(at, count), "a claim of a run");
    if (claimed) return take(at, count, by);
    for (const conflict& overlap : claimed.error())
      for (std::uint64_t i = 0; i < overlap.serials.serials(); ++i) {
        const auto& held = held_[overlap.serials[0].first - first + i];
        expect(held && reason(held->state) == overlap.why && held->item == (holder{overlap.item} + i).item,
               "a conflict");
      }
    std::uint64_t conflicts = 0;
    for (const conflict& overlap : claimed.error()) conflicts += overlap.serials.serials();
    expect(conflicts == static_cast<std::uint64_t>(std::count_if(held_.begin() + std::ptrdiff_t(at),
                                                                 held_.begin() + std::ptrdiff_t(at + count),
                                                                 [](const auto& held) { return held.has_value(); })),
           "the number of conflicts");
  }
  void claim_texts(std::uint64_t at, std::uint64_t count) {
    count = std::min<std::uint64_t>(count, 700);
    const holder by = any_holder(at);
    std::vector<std::string> spellings;
    for (std::uint64_t i = 0; i < count; ++i) spellings.push_back(text(at + i));
    const bool shuffled = any(2) == 0, twice = any(10) == 0;
    if (shuffled) std::shuffle(spellings.begin(), spellings.end(), random_);
    if (twice) spellings.push_back(spellings[any(spellings.size())]);
    const std::vector<std::string_view> texts(spellings.begin(), spellings.end());
    const auto claimed = real_.claim({}, texts, by.item);
    expect(claimed.has_value() == (are_free(at, count) && !twice), "a claim of texts");
    if (!claimed) return;
    for (std::uint64_t i = 0; i < count; ++i) held_[std::stoull(spellings[i].substr(3)) - first] = by + i;
  }

  void free_some(std::uint64_t at, std::uint64_t count) {
    const bool retires = any(20) == 0;
    const bool allowed = std::all_of(held_.begin() + std::ptrdiff_t(at), held_.begin() + std::ptrdiff_t(at + count),
                                     [](const auto& by) { return by && by->state != hold::reserved; });
    if (count == 1) {
      const auto released = retires ? real_.retire({}, text(at)) : real_.release({}, text(at));
      expect(released.has_value() == allowed, "a release");
    } else {
      run_list freed;
      freed.add(run{{"SN-"}, first + at, count});
      const auto released = retires ? real_.retire({}, freed) : real_.release({}, freed);
      expect(released.has_value() == allowed, "a release of a run");
    }
    if (!allowed) return;
    for (std::uint64_t i = 0; i < count; ++i) {
      if (retires)
        held_[at + i]->state = hold::retired;
      else
        held_[at + i].reset();
    }
  }

  void reserve(std::uint64_t count) {
    expect(real_.start_at({}, text(any(size / 2))).has_value(), "start_at");
    auto reservation = real_.reserve({}, count);
    if (!reservation) return expect(false, "a reservation");
    const run_list serials = reservation->serials();
    expect(serials.serials() == count, "the number of reserved serials");
    for (const run& piece : serials)
      if (piece.last() - first >= size) return;  // outside of the array: dropped at once
    for (const run& piece : serials) {
      expect(are_free(piece.first - first, piece.length), "what is reserved was free");
      take(piece.first - first, piece.length, {no_item, hold::reserved});
    }
    open_.emplace_back(std::move(*reservation), serials);
  }
  void settle() {
    if (open_.empty()) return;
    std::swap(open_.back(), open_[any(open_.size())]);
    auto& [reservation, serials] = open_.back();
    const bool commits = any(2) == 0;
    holder by = any_holder(0);
    if (commits) reservation.commit(by.item);
    for (const run& piece : serials) {
      for (std::uint64_t i = 0; i < piece.length; ++i)
        held_[piece.first - first + i] = commits ? std::optional(by + i) : std::nullopt;
      by = by + piece.length;
    }
    open_.pop_back();
  }

  void look_up() {
    const std::uint64_t at = any(size);
    expect(real_.find({}, text(at)) == held_[at], "a lookup");
  }
  void compare_all() {
    std::vector<std::string> spellings;
    for (std::uint64_t at = 0; at < size; ++at) spellings.push_back(text(at));
    const std::vector<std::string_view> texts(spellings.begin(), spellings.end());
    std::vector<std::optional<holder>> found(size);
    real_.find({}, texts, found);
    expect(found == held_, "a lookup of many");
    std::vector<std::optional<holder>> seen(size);
    std::uint64_t before = 0;
    real_.for_each({}, [&](const family&, const held_run& held) {
      expect(before <= held.first, "the order");
      before = held.last() + 1;
      for (std::uint64_t i = 0; i < held.length; ++i) seen[held.first - first + i] = held.by + i;
    });
    expect(seen == held_, "what is taken");
  }

  registry<policies_type> real_;
  std::vector<std::optional<holder>> held_ = std::vector<std::optional<holder>>(size);
  std::vector<reserved> open_;
  std::mt19937_64 random_{20261123};
  std::uint64_t mood_ = 0;
  const char* failure_ = nullptr;
};

}  // namespace

TEST_CASE("many operations on a registry with run_index", "[model][index]") { long_run<run_index>().go(operations()); }
TEST_CASE("many operations on a registry with dense_index", "[model][index]") {
  long_run<dense_index>().go(operations());
}
TEST_CASE("many operations on a registry with hashed_index", "[model][index]") {
  long_run<hashed_index>().go(operations());
}
TEST_CASE("many operations on a registry with concurrent_index", "[model][index]") {
  long_run<concurrent_index>().go(operations());
}
