// All competitors that store serial numbers, with the same interface: `claim` takes all texts and counts the new ones,
// `find` looks texts up. The loops are inside, so that each competitor is used in the best way.
#pragma once

#include <absl/container/flat_hash_map.h>
#include <absl/strings/string_view.h>
#include <roaring/roaring.h>

#include <algorithm>
#include <array>
#include <boost/container_hash/hash.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include <tallymark/index/dense_index.hpp>
#include <tallymark/registry/registry.hpp>
#include <tallymark/scope/unique.hpp>

#include "data.hpp"

namespace bench {

/// The default policies with a single scope, since the other competitors have no scopes either.
struct plain : tallymark::policies<tallymark::unique_globally, tallymark::dense_index> {};

/// The number of texts in a bulk call.
inline constexpr std::size_t batch_size = 256;

/// Calls work(texts, index of the first) for each batch.
template <class Work>
void in_batches(const sequence& texts, Work work) {
  std::array<std::string_view, batch_size> views;
  for (std::size_t at = 0; at < texts.count(); at += batch_size) {
    const std::size_t count = std::min(batch_size, texts.count() - at);
    for (std::size_t i = 0; i < count; ++i) views[i] = texts.texts[at + i].view();
    work(std::span<const std::string_view>(views.data(), count), at);
  }
}

/// A registry of the library.
struct tallymark_store {
  static constexpr const char* name = "tallymark";
  tallymark::registry<plain> registry{};

  explicit tallymark_store(std::size_t) {}

  std::size_t claim(const sequence& arriving) {
    std::size_t taken = 0;
    for (std::size_t i = 0; i < arriving.count(); ++i)
      taken += registry.claim({}, arriving.texts[i].view(), i).has_value();
    return taken;
  }
  std::size_t claim_bulk(const sequence& arriving) {
    std::size_t taken = 0;
    in_batches(arriving, [&](std::span<const std::string_view> texts, std::size_t first) {
      if (registry.claim({}, texts, first)) taken += texts.size();
    });
    return taken;
  }
  [[nodiscard]] found find(const sequence& asked) const {
    found sum;
    for (const serial_text& text : asked.texts)
      if (const auto by = registry.find({}, text.view())) sum.add(by->item);
    return sum;
  }
  [[nodiscard]] found find_bulk(const sequence& asked) const {
    found sum;
    std::array<std::optional<tallymark::holder>, batch_size> answers;
    in_batches(asked, [&](std::span<const std::string_view> texts, std::size_t) {
      registry.find({}, texts, std::span(answers.data(), texts.size()));
      for (std::size_t i = 0; i < texts.size(); ++i)
        if (answers[i]) sum.add(answers[i]->item);
    });
    return sum;
  }
};

/// Hashes a text without creating a string.
struct text_hash {
  using is_transparent = void;
  using is_avalanching = void;
  std::size_t operator()(std::string_view text) const { return boost::hash<std::string_view>()(text); }
};
struct std_text_hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

/// A map whose keys are strings.
template <class Map, class View>
struct map_of_texts {
  Map map{};

  explicit map_of_texts(std::size_t count) { map.reserve(count); }

  std::size_t claim(const sequence& arriving) {
    std::size_t taken = 0;
    for (std::size_t i = 0; i < arriving.count(); ++i) {
      const View text(arriving.texts[i].bytes, serial_text::length);
      if constexpr (requires { map.try_emplace(text, i); })
        taken += map.try_emplace(text, i).second;
      else
        taken += map.try_emplace(std::string(text), i).second;
    }
    return taken;
  }
  [[nodiscard]] found find(const sequence& asked) const {
    found sum;
    for (const serial_text& text : asked.texts)
      if (const auto at = map.find(View(text.bytes, serial_text::length)); at != map.end()) sum.add(at->second);
    return sum;
  }
};

using flat_map_string = boost::unordered_flat_map<std::string, std::uint64_t, text_hash, std::equal_to<>>;

struct flat_map_string_store : map_of_texts<flat_map_string, std::string_view> {
  static constexpr const char* name = "flat_map_string";
  using map_of_texts::map_of_texts;
};
struct absl_string_store : map_of_texts<absl::flat_hash_map<std::string, std::uint64_t>, absl::string_view> {
  static constexpr const char* name = "absl_string";
  using map_of_texts::map_of_texts;
};
struct std_string_store
    : map_of_texts<std::unordered_map<std::string, std::uint64_t, std_text_hash, std::equal_to<>>, std::string_view> {
  static constexpr const char* name = "std_string";
  using map_of_texts::map_of_texts;
};

/// Gets the numbers, without parsing.
struct flat_map_integer_store {
  static constexpr const char* name = "flat_map_integer";
  boost::unordered_flat_map<std::uint64_t, std::uint64_t> map{};

  explicit flat_map_integer_store(std::size_t count) { map.reserve(count); }

  std::size_t claim(const sequence& arriving) {
    std::size_t taken = 0;
    for (std::size_t i = 0; i < arriving.count(); ++i) taken += map.try_emplace(arriving.ordinals[i], i).second;
    return taken;
  }
  [[nodiscard]] found find(const sequence& asked) const {
    found sum;
    for (const std::uint32_t number : asked.ordinals)
      if (const auto at = map.find(number); at != map.end()) sum.add(at->second);
    return sum;
  }
};

/// Gets the numbers, and knows only whether a number is claimed, not the item: it answers with the number itself.
struct roaring_store {
  static constexpr const char* name = "roaring";
  struct release {
    void operator()(roaring_bitmap_t* bitmap) const { roaring_bitmap_free(bitmap); }
  };
  std::unique_ptr<roaring_bitmap_t, release> bitmap{roaring_bitmap_create()};

  explicit roaring_store(std::size_t) {}

  std::size_t claim(const sequence& arriving) {
    roaring_bitmap_add_many(bitmap.get(), arriving.count(), arriving.ordinals.data());
    return roaring_bitmap_get_cardinality(bitmap.get());
  }
  void finish() { roaring_bitmap_run_optimize(bitmap.get()); }
  [[nodiscard]] found find(const sequence& asked) const {
    found sum;
    for (const std::uint32_t number : asked.ordinals)
      if (roaring_bitmap_contains(bitmap.get(), number)) sum.add(number);
    return sum;
  }
};

/// The lower bound: parses the number with our fastest reader, and looks it up in an array of known size. It shows how
/// much of the time is memory access.
struct array_store {
  static constexpr const char* name = "array";
  static constexpr std::size_t batch = 64;
  tallymark::detail::family_reader read{"SN-", 9, tallymark::detail::first_digit::any};
  std::vector<std::uint32_t> items;  // plus 1; 0 is free

  explicit array_store(std::size_t count) : items(count) {}

  std::size_t claim(const sequence& arriving) {
    std::size_t taken = 0;
    for (std::size_t i = 0; i < arriving.count(); ++i)
      if (const auto at = read(arriving.texts[i].view()); at && *at < items.size() && items[*at] == 0) {
        items[*at] = static_cast<std::uint32_t>(i + 1);
        ++taken;
      }
    return taken;
  }
  [[nodiscard]] found find(const sequence& asked) const {
    found sum;
    for (const serial_text& text : asked.texts)
      if (const auto at = read(text.view()); at && *at < items.size() && items[*at] != 0) sum.add(items[*at] - 1);
    return sum;
  }
  [[nodiscard]] found find_bulk(const sequence& asked) const {
    found sum;
    std::array<const std::uint32_t*, batch> entries;
    for (std::size_t first = 0; first < asked.count(); first += batch) {
      const std::size_t count = std::min(batch, asked.count() - first);
      for (std::size_t i = 0; i < count; ++i) {
        const auto at = read(asked.texts[first + i].view());
        entries[i] = at && *at < items.size() ? &items[*at] : nullptr;
        tallymark::detail::prefetch(entries[i]);
      }
      for (std::size_t i = 0; i < count; ++i)
        if (entries[i] && *entries[i] != 0) sum.add(*entries[i] - 1);
    }
    return sum;
  }

  /// The same through a function call like that of the registry: texts and answers are passed in memory.
  [[gnu::noinline]] void answer(std::span<const std::string_view> texts,
                                std::span<std::optional<tallymark::holder>> out) const {
    std::array<std::uint64_t, batch> numbers;
    for (std::size_t first = 0; first < texts.size(); first += batch) {
      const std::size_t count = std::min(batch, texts.size() - first);
      for (std::size_t i = 0; i < count; ++i) {
        numbers[i] = read(texts[first + i]).value_or(items.size());
        tallymark::detail::prefetch(&items[numbers[i] < items.size() ? numbers[i] : 0]);
      }
      for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t item = numbers[i] < items.size() ? items[numbers[i]] : 0;
        out[first + i].reset();
        if (item != 0) out[first + i].emplace(tallymark::holder{item - 1, tallymark::hold::claimed});
      }
    }
  }
  [[nodiscard]] found find_call(const sequence& asked) const {
    found sum;
    std::array<std::optional<tallymark::holder>, batch_size> answers;
    in_batches(asked, [&](std::span<const std::string_view> texts, std::size_t) {
      answer(texts, std::span(answers.data(), texts.size()));
      for (std::size_t i = 0; i < texts.size(); ++i)
        if (answers[i]) sum.add(answers[i]->item);
    });
    return sum;
  }
};

template <class Store>
inline constexpr bool knows_items = !std::is_same_v<Store, roaring_store>;

/// Calls add.template operator()<Store>() for each store.
template <class Add>
void for_each_store(Add add) {
  add.template operator()<tallymark_store>();
  add.template operator()<flat_map_string_store>();
  add.template operator()<absl_string_store>();
  add.template operator()<std_string_store>();
  add.template operator()<flat_map_integer_store>();
  add.template operator()<roaring_store>();
  add.template operator()<array_store>();
}

}  // namespace bench
