// shape/...: claims and lookups of many shapes of data, by this library with its defaults and by hash tables.
#include "shapes.hpp"

#include <algorithm>
#include <array>
#include <boost/container_hash/hash.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <tallymark/policies.hpp>
#include <tallymark/policy/part_ref.hpp>
#include <tallymark/registry/registry.hpp>
#include <tallymark/scope/unique.hpp>

#include "../examples/tallymark/heap.hpp"
#include "data.hpp"
#include "measure.hpp"
#include "stores.hpp"

namespace {

using namespace bench;
using tallymark::tool::heap_in_use;

// Each competitor has claim and find for one row, and release and retire if it takes part in rows with such steps. What
// changes something says whether it did.

template <class Store>
bool take_step(Store& store, const shape_data& data, std::size_t i) {
  const shape_row row = data.arriving[i];
  switch (data.steps[i]) {
    case shape_step::claim: return store.claim(row, i);
    case shape_step::release: return store.release(row);
    case shape_step::retire: return store.retire(row);
  }
  return false;
}

// How many of the rows that arrive did what they should.
template <class Store>
std::size_t arrive(Store& store, const shape_data& data) {
  const std::size_t count = data.arriving.count();
  std::size_t done = 0;
  if (data.steps.empty()) {
    for (std::size_t i = 0; i < count; ++i) done += store.claim(data.arriving[i], i);
  } else if constexpr (requires(const shape_row& row) { store.release(row); }) {
    for (std::size_t i = 0; i < count; ++i) done += take_step(store, data, i);
  }
  return done;
}

template <class Store>
found find(const Store& store, const shape_rows& asked) {
  found sum;
  for (std::size_t i = 0; i < asked.count(); ++i) store.find(asked[i], sum);
  return sum;
}

// ---- this library ---------------------------------------------------------------------------------------------------

// What a registry has for each scope: its policies, and what it is told about a row.
struct in_all_parts {
  using policies = tallymark::policies<tallymark::unique_globally>;
  using item = tallymark::part_ref<>;
  static item of(const shape_row&) { return {}; }
};
struct in_part {
  using policies = tallymark::policies<tallymark::unique_per_part>;
  using item = tallymark::part_ref<>;
  static item of(const shape_row& row) { return {row.part}; }
};
struct in_part_tree {
  using policies = tallymark::policies<>;
  using item = tallymark::part_ref<>;
  static item of(const shape_row& row) { return {row.part, row.tree}; }
};
struct in_part_number {
  using policies = tallymark::policies<tallymark::unique_per_part>;
  using item = tallymark::part_ref<std::uint32_t>;
  static item of(const shape_row& row) { return {row.part_number}; }
};

template <class Where>
struct registry_store {
  tallymark::registry<typename Where::policies, typename Where::item> registry{};

  explicit registry_store(std::size_t) {}

  bool claim(const shape_row& row, std::size_t item) {
    return registry.claim(Where::of(row), row.text, item).has_value();
  }
  bool release(const shape_row& row) { return registry.release(Where::of(row), row.text).has_value(); }
  bool retire(const shape_row& row) { return registry.retire(Where::of(row), row.text).has_value(); }
  void find(const shape_row& row, found& sum) const { add(registry.find(Where::of(row), row.text), sum); }

  static void add(const std::optional<tallymark::holder>& by, found& sum) {
    if (by) sum.add(by->item + (by->state == tallymark::hold::retired ? retired : 0));
  }
};

// The same with many texts a call, each with its place where there are several scopes.
template <class Where>
struct bulk_store : registry_store<Where> {
  using registry_store<Where>::registry_store;
  static constexpr bool one_scope = std::is_same_v<Where, in_all_parts>;
  using registry_type = decltype(registry_store<Where>::registry);
  using text = std::conditional_t<one_scope, std::string_view, typename registry_type::placed_text>;
  using texts = std::array<text, batch_size>;

  // Fills `out` with the texts from here on that one call takes.
  static std::span<const text> group_at(const shape_rows& rows, std::size_t first, std::size_t end, texts& out) {
    const std::size_t n = std::min(batch_size, end - first);
    for (std::size_t i = 0; i < n; ++i) {
      const shape_row row = rows[first + i];
      if constexpr (one_scope)
        out[i] = row.text;
      else
        out[i] = {Where::of(row), row.text};
    }
    return {out.data(), n};
  }

  std::size_t claim_rows(const shape_rows& rows, std::size_t first, std::size_t end) {
    texts group;
    std::size_t done = 0;
    for (; first < end; first += batch_size) {
      const auto wanted = group_at(rows, first, end, group);
      bool claimed = false;
      if constexpr (one_scope)
        claimed = this->registry.claim({}, wanted, first).has_value();
      else
        claimed = this->registry.claim(wanted, first).has_value();
      if (claimed) done += wanted.size();
    }
    return done;
  }
  std::size_t arrive_in_bulk(const shape_data& data) {
    if (data.steps.empty()) return claim_rows(data.arriving, 0, data.arriving.count());
    std::size_t done = 0;
    for (std::size_t i = 0; i < data.arriving.count();) {
      const auto is_claim = [](shape_step step) { return step == shape_step::claim; };
      const auto from = data.steps.begin() + static_cast<std::ptrdiff_t>(i);
      const auto claims = static_cast<std::size_t>(std::find_if_not(from, data.steps.end(), is_claim) - from);
      done += claim_rows(data.arriving, i, i + claims);
      for (i += claims; i < data.arriving.count() && !is_claim(data.steps[i]); ++i) done += take_step(*this, data, i);
    }
    return done;
  }
  [[nodiscard]] found find_in_bulk(const shape_rows& asked) const {
    found sum;
    texts group;
    std::array<std::optional<tallymark::holder>, batch_size> answers;
    for (std::size_t first = 0; first < asked.count(); first += batch_size) {
      const auto wanted = group_at(asked, first, asked.count(), group);
      if constexpr (one_scope)
        this->registry.find({}, wanted, answers);
      else
        this->registry.find(wanted, answers);
      for (std::size_t i = 0; i < wanted.size(); ++i) this->add(answers[i], sum);
    }
    return sum;
  }
};

template <class Where>
std::size_t arrive(bulk_store<Where>& store, const shape_data& data) {
  return store.arrive_in_bulk(data);
}
template <class Where>
found find(const bulk_store<Where>& store, const shape_rows& asked) {
  return store.find_in_bulk(asked);
}

// ---- one hash table -------------------------------------------------------------------------------------------------

// A Key says what the table has as key, and what of a row it is found by, without making a string.
struct by_text {
  using stored = std::string;
  using hash = text_hash;
  using equal = std::equal_to<>;
  static std::string_view of(const shape_row& row) { return row.text; }
};

// A scope and a text: Part is std::string or a number, View what it is found by.
template <class Part, class View>
struct scoped_text {
  struct view {
    View scope;
    std::string_view text;
  };
  struct stored {
    Part scope;
    std::string text;
    explicit stored(const view& from) : scope(from.scope), text(from.text) {}
    operator view() const { return {scope, text}; }
  };
  struct hash {
    using is_transparent = void;
    using is_avalanching = void;
    std::size_t operator()(const view& key) const {
      std::size_t seed = boost::hash<View>()(key.scope);
      boost::hash_combine(seed, key.text);
      return seed;
    }
  };
  struct equal {
    using is_transparent = void;
    bool operator()(const view& a, const view& b) const { return a.scope == b.scope && a.text == b.text; }
  };
};
struct by_part_and_text : scoped_text<std::string, std::string_view> {
  static view of(const shape_row& row) { return {row.part, row.text}; }
};
struct by_tree_and_text : scoped_text<std::string, std::string_view> {
  static view of(const shape_row& row) { return {row.tree, row.text}; }
};
struct by_part_number_and_text : scoped_text<std::uint32_t, std::uint32_t> {
  static view of(const shape_row& row) { return {row.part_number, row.text}; }
};

std::uint64_t number_of(std::string_view digits) {
  std::uint64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}
struct by_number {
  using stored = std::uint64_t;
  using hash = boost::hash<std::uint64_t>;
  using equal = std::equal_to<>;
  static std::uint64_t of(const shape_row& row) { return number_of(row.text); }
};
// of texts that begin with `SN-`
struct by_part_number_and_number : by_number {
  static std::uint64_t of(const shape_row& row) {
    return std::uint64_t{row.part_number} << 40 | number_of(row.text.substr(3));
  }
};

template <class Key>
struct map_store {
  boost::unordered_flat_map<typename Key::stored, std::uint64_t, typename Key::hash, typename Key::equal> map{};

  explicit map_store(std::size_t) {}

  bool claim(const shape_row& row, std::size_t item) {
    return map.try_emplace(typename Key::stored(Key::of(row)), item).second;
  }
  bool release(const shape_row& row) {
    const auto at = map.find(Key::of(row));
    if (at == map.end() || at->second >= retired) return false;
    map.erase(at);
    return true;
  }
  bool retire(const shape_row& row) {
    const auto at = map.find(Key::of(row));
    if (at == map.end()) return false;
    at->second |= retired;
    return true;
  }
  void find(const shape_row& row, found& sum) const {
    if (const auto at = map.find(Key::of(row)); at != map.end()) sum.add(at->second);
  }
};

template <class Key>
struct reserved_map_store : map_store<Key> {
  explicit reserved_map_store(std::size_t count) : map_store<Key>(count) { this->map.reserve(count); }
};

// ---- a hash table for each part -------------------------------------------------------------------------------------

template <std::string_view shape_row::* Scope>
struct map_per_part_store {
  boost::unordered_flat_map<std::string, flat_map_string, text_hash, std::equal_to<>> parts{};

  explicit map_per_part_store(std::size_t) {}

  bool claim(const shape_row& row, std::size_t item) {
    auto at = parts.find(row.*Scope);
    if (at == parts.end()) at = parts.try_emplace(std::string(row.*Scope)).first;
    return at->second.try_emplace(std::string(row.text), item).second;
  }
  void find(const shape_row& row, found& sum) const {
    const auto part = parts.find(row.*Scope);
    if (part == parts.end()) return;
    if (const auto at = part->second.find(row.text); at != part->second.end()) sum.add(at->second);
  }
};

// ---- rows -----------------------------------------------------------------------------------------------------------

template <class Store>
double claim_row(benchmark::State& state, const shape_data& data) {
  const std::size_t before = heap_in_use();
  Store store(data.claims);
  std::size_t done = 0;
  const double seconds = seconds_of([&] { done = arrive(store, data); });
  state.counters["bytes_per_serial"] = static_cast<double>(heap_in_use() - before) / static_cast<double>(data.taken);
  check(state, done == data.arriving.count(), "not all were claimed");
  return seconds;
}

// Nothing is kept for the next repetition: all shapes together would take many gigabytes.
template <class Store>
double find_row(benchmark::State& state, const shape_data& data) {
  Store store(data.claims);
  const bool complete = arrive(store, data) == data.arriving.count();
  found sum;
  const double seconds = seconds_of([&] { sum = find(std::as_const(store), data.asked); });
  check(state, complete && sum == data.expected, "the answers are wrong");
  return seconds;
}

template <class Store>
void add(shape& of, const std::string& competitor) {
  const auto row = [&](const char* what, std::size_t items, double (*once)(benchmark::State&, const shape_data&)) {
    add_row("shape/" + of.name + what + competitor, items, [&of, once](benchmark::State& state) {
      return once(state, of.data());
    })->Iterations(static_cast<benchmark::IterationCount>(items));
  };
  row("/claim/", of.arriving, claim_row<Store>);
  row("/find/", of.asked, find_row<Store>);
}

template <class Where, class Key>
void add_usual(shape& of) {
  add<registry_store<Where>>(of, "tallymark");
  add<bulk_store<Where>>(of, "tallymark_bulk");
  add<map_store<Key>>(of, "flat_map");
  add<reserved_map_store<Key>>(of, "flat_map_reserved");
}

void add_all(shape& of) {
  switch (of.scope) {
    case shape_scope::all_parts:
      add_usual<in_all_parts, by_text>(of);
      if (of.name == "imei") add<map_store<by_number>>(of, "flat_map_integer");
      break;
    case shape_scope::part:
      add_usual<in_part, by_part_and_text>(of);
      add<map_per_part_store<&shape_row::part>>(of, "map_per_part");
      add<registry_store<in_part_number>>(of, "tallymark_part_ids");
      add<map_store<by_part_number_and_text>>(of, "flat_map_part_ids");
      if (of.name == "numbered_parts") add<map_store<by_part_number_and_number>>(of, "flat_map_integer");
      break;
    case shape_scope::part_tree:
      add_usual<in_part_tree, by_tree_and_text>(of);
      add<map_per_part_store<&shape_row::tree>>(of, "map_per_part");
      break;
  }
}

const bool registered = [] {
  for (shape& each : shapes()) add_all(each);
  return true;
}();

}  // namespace
