// Texts in many scopes, in one call of tallymark::registry. Included by registry/registry.hpp.
#pragma once

#include <new>
#include <tuple>

#include <tallymark/registry/registry.hpp>

namespace tallymark {

// The first two turns of bulk work in many scopes: what finds the scopes of some texts, at most `group` of them, which are
// prefetched.
template <class Policies, class Item>
auto registry<Policies, Item>::scopes_ahead(std::span<const placed_text> texts) const
    -> std::array<std::uint64_t, group> {
  std::array<std::uint64_t, group> hashes;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    hashes[i] = scopes_.hash(scope_of_(texts[i].first));
    scopes_.prefetch(hashes[i]);
  }
  for (std::size_t i = 0; i < texts.size(); ++i) scopes_.prefetch_entry(hashes[i]);
  return hashes;
}

// As find_mixed, with two turns more, which find the scopes.
template <class Policies, class Item>
void registry<Policies, Item>::find(std::span<const placed_text> texts, std::span<std::optional<holder>> out) const {
  TALLYMARK_ASSERT(out.size() >= texts.size(), "registry::find: there is an answer for each text");
  const auto to_find = [this](std::string_view text) { return numbers_.parse_to_find(text); };
  for (; !texts.empty();
       texts = texts.subspan(std::min(group, texts.size())), out = out.subspan(std::min(group, out.size()))) {
    const std::size_t size = std::min(group, texts.size());
    const auto hashes = scopes_ahead(texts.first(size));
    std::array<const scope_state*, group> scopes;
    std::array<detail::parsed_text, group> all;
    std::array<located_serial, group> serials;
    for (std::size_t i = 0; i < size; ++i) {
      scopes[i] = scopes_.find(scope_of_(texts[i].first), hashes[i]);
      if (scopes[i]) parse_ahead(*scopes[i], texts[i].second, to_find, all[i]);
    }
    for (std::size_t i = 0; i < size; ++i)
      if (all[i].readable) scopes[i]->prefetch_entry(all[i].hash);
    for (std::size_t i = 0; i < size; ++i) {
      if (all[i].readable) serials[i] = scopes[i]->seek(all[i].serial, all[i].hash);
      if (serials[i]) scopes[i]->prefetch(serials[i]);
    }
    for (std::size_t i = 0; i < size; ++i)  // made in its place: see parse_ahead
      ::new (&out[i]) std::optional<holder>(serials[i] ? scopes[i]->find(serials[i]) : std::nullopt);
  }
}

template <class Policies, class Item>
struct registry<Policies, Item>::placed_serial {
  scope_state* in = nullptr;
  located_serial serial{};
};

// Claims that are given back unless all are made. They are remembered, since reading a text again could fail.
template <class Policies, class Item>
class registry<Policies, Item>::claims_in_many_scopes {
 public:
  claims_in_many_scopes(registry& all, std::size_t texts) : all_(all), claims_(texts) { spare_.reserve(texts); }
  claims_in_many_scopes(const claims_in_many_scopes&) = delete;
  claims_in_many_scopes& operator=(const claims_in_many_scopes&) = delete;
  ~claims_in_many_scopes() { give_back(); }
  void give_back() noexcept {
    for (; claimed_ > 0; --claimed_) claims_[claimed_ - 1].in->take_back(claims_[claimed_ - 1].serial, spare_);
  }
  void keep() noexcept { claimed_ = 0; }

  // Claims some texts, at most `group` of them, for these items and those after it; whether all were free serial numbers.
  [[nodiscard]] bool claim(std::span<const placed_text> texts, holder by) {
    const auto parse = [this](std::string_view text) { return all_.numbers_.parse(text); };
    const std::span to(claims_.data() + claimed_, texts.size());
    const auto hashes = all_.scopes_ahead(texts);
    std::array<detail::parsed_text, group> parsed;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      to[i].in = &all_.scopes_.get(all_.scope_of_(texts[i].first), hashes[i]);
      parse_ahead(*to[i].in, texts[i].second, parse, parsed[i]);
      if (!parsed[i].readable) return false;
    }
    for (std::size_t i = 0; i < texts.size(); ++i) to[i].in->prefetch_entry(parsed[i].hash);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      to[i].serial = to[i].in->locate(parsed[i].serial, parsed[i].hash);
      to[i].in->prefetch(to[i].serial);
    }
    for (std::size_t i = 0; i < texts.size(); ++i, ++claimed_, by = by + 1) {
      const located_serial& serial = to[i].serial;
      const auto can_continue = [&] { return all_.can_continue({serial.family(), serial.ordinal()}); };
      if (to[i].in->claim(serial, by, can_continue)) return false;
    }
    return true;
  }

 private:
  registry& all_;
  std::vector<placed_serial> claims_;
  spare_changes spare_{};
  std::size_t claimed_ = 0;
};

template <class Policies, class Item>
result<void, std::vector<answer>> registry<Policies, Item>::claim(std::span<const placed_text> texts,
                                                                  std::uint64_t first_item) {
  claims_in_many_scopes claims(*this, texts.size());
  holder by{first_item, hold::claimed};
  for (std::size_t first = 0; first < texts.size(); first += group, by = by + group)
    if (!claims.claim(texts.subspan(first, std::min(group, texts.size() - first)), by)) {
      claims.give_back();
      return unexpected<std::vector<answer>>(inspect(texts));
    }
  claims.keep();
  return {};
}

// Also where a text names a serial number that an earlier one in the same scope has.
template <class Policies, class Item>
std::vector<answer> registry<Policies, Item>::inspect(std::span<const placed_text> texts) const {
  std::vector<answer> answers;
  std::vector<std::tuple<std::uint64_t, serial_number, std::size_t>> read;
  for (const auto& [where, text] : texts) {
    answers.push_back(inspect(where, text));
    if (const auto parsed = numbers_.parse(text))
      read.emplace_back(scopes_.hash(scope_of_(where)), *parsed, answers.size() - 1);
  }
  std::sort(read.begin(), read.end());
  const auto same_name = [](const auto& a, const auto& b) {
    return std::get<0>(a) == std::get<0>(b) && std::get<1>(a) == std::get<1>(b);
  };
  for (auto first = read.begin(), at = first; at != read.end(); ++at) {
    if (!same_name(*first, *at)) first = at;
    const std::size_t of = std::get<2>(*at);
    const bool again = std::any_of(
        first, at, [&](const auto& earlier) { return same_scope(texts[std::get<2>(earlier)].first, texts[of].first); });
    if (again && answers[of].free()) answers[of].why = over(errc::named_twice, texts[of].second);
  }
  return answers;
}

}  // namespace tallymark
