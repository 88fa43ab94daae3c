// Long sequences of random operations on a registry with each index, beside an array: a few chunks of ordinals that are
// claimed, freed and claimed again until every kind of chunk has turned into every other. TALLYMARK_OPERATIONS is how
// many operations there are for each index.
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
  const char* given = std::getenv("TALLYMARK_OPERATIONS");
  return given ? std::strtoull(given, nullptr, 10) : 30'000;
}

template <class Index>
class long_run {
 public:
  void go(std::uint64_t steps) {
    for (std::uint64_t step = 0; step < steps; ++step) {
      if (step % 5000 == 0) mood_ = any(4);
      one_step();
      look();
      if (step % 20'000 == 0 || step + 1 == steps) compare_all();
      if (wrong_) FAIL(wrong_ << " at step " << step);
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
      case 1: return {1'000'000 + place};  // so that neighbours continue one another
      case 2: return {any(1000)};
      default: return {any(100) == 0 ? (std::uint64_t{1} << 60) + any(1000) : any(1'000'000'000'000)};
    }
  }
  void expect(bool holds, const char* what) {
    if (!holds && !wrong_) wrong_ = what;
  }

  // how likely changes of each kind are, changes from time to time
  void one_step() {
    const std::uint64_t at = any(size), many = std::min(size - at, 1 + any(any(8) == 0 ? 2000 : 40));
    const std::uint64_t kind = any(100), frees = mood_ == 1 ? 60 : mood_ == 2 ? 5 : 25;
    if (kind < frees) {
      free_some(at, any(3) == 0 ? many : 1);
    } else if (kind < frees + 3) {
      reserve(1 + any(50));
    } else if (kind < frees + 6) {
      settle();
    } else if (kind < frees + 12) {
      claim_run(at, many);
    } else if (kind < frees + 16) {
      claim_texts(at, many);
    } else {
      claim(at);
    }
  }

  void claim(std::uint64_t at) {
    const holder by = any_holder(at);
    const auto done = real_.claim({}, text(at), by.item);
    expect(done.has_value() == !held_[at], "a claim");
    if (!done) expect(done.error().code == reason(held_[at]->state), "why a claim is refused");
    if (done) held_[at] = by;
  }
  void take(std::uint64_t at, std::uint64_t many, const holder& by) {
    for (std::uint64_t i = 0; i < many; ++i) held_[at + i] = by + i;
  }
  [[nodiscard]] bool are_free(std::uint64_t at, std::uint64_t many) const {
    return std::none_of(held_.begin() + std::ptrdiff_t(at), held_.begin() + std::ptrdiff_t(at + many),
                        [](const auto& by) { return by.has_value(); });
  }
  void claim_run(std::uint64_t at, std::uint64_t many) {
    const holder by = any_holder(at);
    run_list wanted;
    wanted.add(run{{"SN-"}, first + at, many});
    const auto done = real_.claim({}, wanted, by.item);
    expect(done.has_value() == are_free(at, many), "a claim of a run");
    if (done) return take(at, many, by);
    for (const conflict& each : done.error())
      for (std::uint64_t i = 0; i < each.serials.serials(); ++i) {
        const auto& held = held_[each.serials[0].first - first + i];
        expect(held && reason(held->state) == each.why && held->item == (holder{each.item} + i).item, "a conflict");
      }
    std::uint64_t conflicts = 0;
    for (const conflict& each : done.error()) conflicts += each.serials.serials();
    expect(conflicts == static_cast<std::uint64_t>(std::count_if(held_.begin() + std::ptrdiff_t(at),
                                                                 held_.begin() + std::ptrdiff_t(at + many),
                                                                 [](const auto& one) { return one.has_value(); })),
           "how many conflicts there are");
  }
  void claim_texts(std::uint64_t at, std::uint64_t many) {
    many = std::min<std::uint64_t>(many, 700);
    const holder by = any_holder(at);
    std::vector<std::string> kept;
    for (std::uint64_t i = 0; i < many; ++i) kept.push_back(text(at + i));
    const bool shuffled = any(2) == 0, twice = any(10) == 0;
    if (shuffled) std::shuffle(kept.begin(), kept.end(), random_);
    if (twice) kept.push_back(kept[any(kept.size())]);
    const std::vector<std::string_view> texts(kept.begin(), kept.end());
    const auto done = real_.claim({}, texts, by.item);
    expect(done.has_value() == (are_free(at, many) && !twice), "a claim of texts");
    if (!done) return;
    for (std::uint64_t i = 0; i < many; ++i) held_[std::stoull(kept[i].substr(3)) - first] = by + i;
  }

  void free_some(std::uint64_t at, std::uint64_t many) {
    const bool retires = any(20) == 0;
    const bool can = std::all_of(held_.begin() + std::ptrdiff_t(at), held_.begin() + std::ptrdiff_t(at + many),
                                 [](const auto& by) { return by && by->state != hold::reserved; });
    if (many == 1) {
      const auto done = retires ? real_.retire({}, text(at)) : real_.release({}, text(at));
      expect(done.has_value() == can, "a release");
    } else {
      run_list which;
      which.add(run{{"SN-"}, first + at, many});
      const auto done = retires ? real_.retire({}, which) : real_.release({}, which);
      expect(done.has_value() == can, "a release of a run");
    }
    if (!can) return;
    for (std::uint64_t i = 0; i < many; ++i) {
      if (retires)
        held_[at + i]->state = hold::retired;
      else
        held_[at + i].reset();
    }
  }

  void reserve(std::uint64_t many) {
    expect(real_.start_at({}, text(any(size / 2))).has_value(), "start_at");
    auto done = real_.reserve({}, many);
    if (!done) return expect(false, "a reservation");
    const run_list serials = done->serials();
    expect(serials.serials() == many, "how many are reserved");
    for (const run& each : serials)
      if (each.last() - first >= size) return;  // beyond the array: given back at once
    for (const run& each : serials) {
      expect(are_free(each.first - first, each.length), "what is reserved was free");
      take(each.first - first, each.length, {no_item, hold::reserved});
    }
    open_.emplace_back(std::move(*done), serials);
  }
  void settle() {
    if (open_.empty()) return;
    std::swap(open_.back(), open_[any(open_.size())]);
    auto& [what, serials] = open_.back();
    const bool commits = any(2) == 0;
    holder by = any_holder(0);
    if (commits) what.commit(by.item);
    for (const run& each : serials) {
      for (std::uint64_t i = 0; i < each.length; ++i)
        held_[each.first - first + i] = commits ? std::optional(by + i) : std::nullopt;
      by = by + each.length;
    }
    open_.pop_back();
  }

  void look() {
    const std::uint64_t at = any(size);
    expect(real_.find({}, text(at)) == held_[at], "a lookup");
  }
  void compare_all() {
    std::vector<std::string> kept;
    for (std::uint64_t at = 0; at < size; ++at) kept.push_back(text(at));
    const std::vector<std::string_view> texts(kept.begin(), kept.end());
    std::vector<std::optional<holder>> found(size);
    real_.find({}, texts, found);
    expect(found == held_, "a lookup of many");
    std::vector<std::optional<holder>> seen(size);
    std::uint64_t before = 0;
    real_.for_each({}, [&](const family&, const held_run& each) {
      expect(before <= each.first, "the order");
      before = each.last() + 1;
      for (std::uint64_t i = 0; i < each.length; ++i) seen[each.first - first + i] = each.by + i;
    });
    expect(seen == held_, "what is taken");
  }

  registry<policies_type> real_;
  std::vector<std::optional<holder>> held_ = std::vector<std::optional<holder>>(size);
  std::vector<reserved> open_;
  std::mt19937_64 random_{20261123};
  std::uint64_t mood_ = 0;
  const char* wrong_ = nullptr;
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
