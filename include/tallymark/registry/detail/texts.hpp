// Many texts in one call of tallymark::registry. Included by registry/registry.hpp.
#pragma once

#include <new>

#include <tallymark/registry/registry.hpp>

namespace tallymark {

template <class Policies, class Item>
template <class Parse>
[[gnu::flatten]] inline void registry<Policies, Item>::parse_ahead(const scope_state& scope, std::string_view text,
                                                                   Parse parse, detail::parsed_text& out) {
  const auto parsed = parse(text);
  out.readable = parsed.has_value();
  if (!out.readable) return;
  const auto& [of, ordinal] = *parsed;
  // field by field: a copy in wider words would wait until those that parse has just written are in the cache
  out.serial = {{{of.text.data(), of.text.size()}, of.width, of.form, {of.tail.data(), of.tail.size()}}, ordinal};
  out.hash = scope.hash(of);
  scope.prefetch(out.hash);
}

template <class Policies, class Item>
void registry<Policies, Item>::find_mixed(const scope_state& scope, std::span<const std::string_view> texts,
                                          std::span<std::optional<holder>> out) const {
  std::array<detail::parsed_text, group> all;
  for (std::size_t i = 0; i < texts.size(); ++i)
    parse_ahead(scope, texts[i], [this](std::string_view text) { return numbers_.parse_to_find(text); }, all[i]);
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (all[i].readable) scope.prefetch_entry(all[i].hash);
  std::array<located_serial, group> serials;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (all[i].readable) serials[i] = scope.seek(all[i].serial, all[i].hash);
    if (serials[i]) scope.prefetch(serials[i]);
  }
  for (std::size_t i = 0; i < texts.size(); ++i)  // made in its place, for the same reason
    ::new (&out[i]) std::optional<holder>(serials[i] ? scope.find(serials[i]) : std::nullopt);
}

// One after the other; if one cannot be taken, or an exception comes, those before it are given back.
template <class Policies, class Item>
bool registry<Policies, Item>::claim_in_turn(scope_state& scope, std::span<const std::string_view> texts,
                                             std::uint64_t first_item) {
  struct given_back {
    ~given_back() {
      if (!done)
        for (std::size_t i = claimed; i-- > 0;) in.take_back(serials[i], spare);
    }
    scope_state& in;
    std::span<located_serial> serials;
    spare_changes spare{};
    std::size_t claimed = 0;
    bool done = false;
  };
  // all of them are remembered, since reading a text again could fail
  std::array<located_serial, group> few;
  std::vector<located_serial> many(texts.size() > group ? texts.size() : 0);
  given_back undo{scope, texts.size() > group ? std::span(many) : std::span(few)};
  undo.spare.reserve(texts.size());

  for (holder by{first_item, hold::claimed}; undo.claimed < texts.size();) {
    const std::size_t before = undo.claimed;
    const auto rest = texts.subspan(before, std::min(group, texts.size() - before));
    if (!scope.claim_usual(rest, by, undo.serials, undo.claimed)) return false;
    if (undo.claimed == before && !claim_mixed(scope, rest, by, undo.serials, undo.claimed)) return false;
    by = by + (undo.claimed - before);
  }
  undo.done = true;
  return true;
}

// Texts of any family, at most `group` of them; remembers and counts them as claim_usual does. Whether all are claimed.
template <class Policies, class Item>
bool registry<Policies, Item>::claim_mixed(scope_state& scope, std::span<const std::string_view> texts, holder by,
                                           std::span<located_serial> serials, std::size_t& claimed) {
  std::array<detail::parsed_text, group> all;
  for (std::size_t i = 0; i < texts.size(); ++i)
    parse_ahead(scope, texts[i], [this](std::string_view text) { return numbers_.parse(text); }, all[i]);
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (all[i].readable) scope.prefetch_entry(all[i].hash);
  std::size_t read = 0;
  for (; read < texts.size() && all[read].readable; ++read) {
    located_serial& serial = serials[claimed + read];
    serial = scope.locate(all[read].serial, all[read].hash);
    scope.prefetch(serial);
  }
  for (const std::size_t end = claimed + read; claimed < end; ++claimed, by = by + 1) {
    const located_serial& serial = serials[claimed];
    if (scope.claim(serial, by, [&] { return can_continue({serial.family(), serial.ordinal()}); })) return false;
  }
  return read == texts.size();
}

template <class Policies, class Item>
bool registry<Policies, Item>::claim_together(const Item& where, scope_state& scope,
                                              std::span<const std::string_view> texts, std::uint64_t first_item) {
  const auto guard = scope.lock();
  scope.settle();  // then lookups need no lock
  const auto [answers, serials] = inspected(where, texts);
  if (!std::all_of(answers.begin(), answers.end(), [](const answer& each) { return each.free(); })) return false;
  return claim_free(scope, serials, first_item).empty();
}

// Also where a text names a serial number that an earlier text has.
template <class Policies, class Item>
std::pair<std::vector<answer>, run_list> registry<Policies, Item>::inspected(
    const Item& where, std::span<const std::string_view> texts) const {
  std::pair<std::vector<answer>, run_list> out;
  auto& [answers, serials] = out;
  std::vector<std::pair<serial_number, std::size_t>> read;
  answers.reserve(texts.size());
  read.reserve(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    answers.push_back(inspect(where, texts[i]));
    if (const auto parsed = numbers_.parse(texts[i])) {
      read.emplace_back(*parsed, i);
      serials.add(*parsed, numbers_type::stride);
    }
  }
  std::sort(read.begin(), read.end());
  for (std::size_t i = 1; i < read.size(); ++i)
    if (read[i].first == read[i - 1].first && answers[read[i].second].free())
      answers[read[i].second].why = over(errc::named_twice, texts[read[i].second]);
  return out;
}

}  // namespace tallymark
