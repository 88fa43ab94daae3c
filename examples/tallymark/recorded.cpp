#include "recorded.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>

#include <tallymark/number/text.hpp>
#include <tallymark/policy/name.hpp>
#include <tallymark/scope/unique.hpp>
#include <tallymark/stock/detail/blocks.hpp>
#include <tallymark/stock/detail/row_rules.hpp>

#include "schemes.hpp"

namespace tallymark::tool {

namespace {

constexpr std::string_view digit_set = "0123456789";
constexpr std::size_t longest_digits = 20;  // of an ordinal

// The text of a counter in plain decimal digits.
std::string decimal(const family& of, std::uint64_t ordinal) {
  const std::string digits = std::to_string(ordinal);
  std::string out(of.text);
  if (digits.size() < of.width) out.append(of.width - digits.size(), '0');
  return out.append(digits).append(of.tail);
}

// The family of a run whose ends are plain decimal digits. A policy of fixed prefix and width keeps these to itself: both
// ends show them.
std::optional<family> decimal_family(const serial_row& row, std::string& text) {
  const run& serials = row.serials;
  if (!serials.family.counts()) return std::nullopt;
  const auto spells = [&](const family& of) {
    return row.first == decimal(of, serials.first) && row.last == decimal(of, serials.last());
  };
  if (spells(serials.family)) return serials.family;
  const std::size_t digits = row.first.size() - std::min(row.first.size(), row.first.find_last_not_of(digit_set) + 1);
  if (!serials.family.tail.empty() || digits > longest_digits) return std::nullopt;
  text = row.first.substr(0, row.first.size() - digits);
  family padded = serials.family;
  padded.text = text;
  padded.width = static_cast<std::uint8_t>(digits);
  return spells(padded) ? std::optional(padded) : std::nullopt;
}

// What the rules of rows need to know after all was read; before that nothing is known.
struct known_rows {
  const recorded_database* of;

  [[nodiscard]] std::size_t parts() const { return 0; }
  [[nodiscard]] item_id next_item() const { return of->next_item(); }
  [[nodiscard]] std::optional<std::uint32_t> variant_of(std::uint32_t) const { return std::nullopt; }
  [[nodiscard]] std::pair<item_id, item_id> block_of(item_id id) const { return of->block_of(id); }
};

}  // namespace

recorded_database::recorded_database(const std::string& file, sqlite_log log, journal_policies policies)
    : database(file), log_(std::move(log)), policies_(std::move(policies)) {
  for (const scheme& each : schemes())
    if (!policies_.serials.empty() && each.calls->policy() == policies_.serials) scheme_ = each.calls;
}

result<void> recorded_database::read() {
  tallymark::detail::row_rules rules(*this, known_rows{this});
  auto done = log_->read(rules);
  if (done) done = rules.end();
  if (!done) return done;
  for (const auto& [variant, of] : variants_)
    if (!parts_.make_variant(variant, of)) return fail(errc::journal_corrupt);
  find_scopes();
  return {};
}

// ---- taking rows ----------------------------------------------------------------------------------------------------

result<void> recorded_database::part(const part_row& row) {
  const auto added = parts_.add(
      {std::string(row.key), std::nullopt, row.serials, row.batches, row.issued_here, std::string(row.group), {}});
  if (!added) return fail(errc::journal_corrupt);
  if (row.variant_of) variants_.emplace_back(row.number, *row.variant_of);
  scope_texts_.emplace_back();
  return {};
}

result<void> recorded_database::item(const item_row& row) {
  block added{
      row.which, row.part, number_of_code(row.batch), row.amount, row.parent, row.expiry, row.removed, none, none, 0,
      1,         {}};
  if (!row.data.empty()) added.data.name = row.data.front();
  if (row.serials) {
    const run& serials = row.serials->serials;
    std::string text;  // of that family
    const auto plain = decimal_family(*row.serials, text);
    added.family = number_of_family(plain ? *plain : serials.family);
    added.ordinal = serials.first;
    added.stride = serials.stride;
    if (scope_texts_[row.part].empty()) scope_texts_[row.part] = row.serials->scope;
    if (!plain) {
      added.texts = static_cast<std::uint32_t>(texts_.size());
      texts_.emplace_back(row.serials->first, row.serials->last);
    }
  }
  blocks_.push_back(std::move(added));
  return {};
}

result<void> recorded_database::changed(const entry& row) {
  if (!row.before.empty()) former_codes_.emplace_back(number_of_code(row.before), row.subject);
  return {};
}

std::uint32_t recorded_database::number_of_code(std::string_view code) {
  if (code.empty()) return 0;
  if (const auto known = code_numbers_.find(code); known != code_numbers_.end()) return known->second;
  const auto number = static_cast<std::uint32_t>(codes_.size());
  codes_.emplace_back(code);
  code_numbers_.emplace(code, number);
  return number;
}

std::uint32_t recorded_database::number_of_family(const family& of) {
  std::string key(of.text);
  key.append(1, '\0').append(of.tail).append(1, static_cast<char>(of.width)).append(of.counts() ? "c" : "l");
  if (const auto known = family_numbers_.find(key); known != family_numbers_.end()) return known->second;
  const auto number = static_cast<std::uint32_t>(families_.size());
  family kept = of;
  kept.text = *family_texts_.emplace(of.text).first;
  kept.tail = *family_texts_.emplace(of.tail).first;
  families_.push_back(kept);
  family_numbers_.emplace(std::move(key), number);
  return number;
}

// Parts whose serial numbers must differ have a number in common: by the scope that the journal names, or, where the tool
// does not know that, by what their items say.
void recorded_database::find_scopes() {
  std::map<std::string, std::uint32_t> by_text;
  for (std::uint32_t i = 0; i < parts_.size(); ++i) {
    const auto place = parts_.place(i);
    if (policies_.scope == policy_name<unique_per_part_tree>())
      scopes_.push_back(place.tree);
    else if (policies_.scope == policy_name<unique_per_part>())
      scopes_.push_back(place.part);
    else if (policies_.scope == policy_name<unique_per_group>())
      scopes_.push_back(place.group);
    else if (policies_.scope == policy_name<unique_globally>())
      scopes_.push_back(0);
    else
      scopes_.push_back(scope_texts_[i].empty() ? static_cast<std::uint32_t>(parts_.size()) + i
                                                : by_text.try_emplace(scope_texts_[i], i).first->second);
  }
}

// ---- answers --------------------------------------------------------------------------------------------------------

const recorded_database::block& recorded_database::find_block(item_id id) const {
  return *std::prev(std::upper_bound(blocks_.begin(), blocks_.end(), id,
                                     [](item_id wanted, const block& each) { return wanted < each.which.first; }));
}

std::pair<item_id, item_id> recorded_database::block_of(item_id id) const {
  const block& found = find_block(id);
  return {found.which.first, found.parent};
}

std::string recorded_database::spelled(const block& of, item_id id) const {
  const std::uint64_t ordinal = of.at(id - of.which.first);
  if (of.texts == none) return decimal(families_[of.family], ordinal);
  const auto& [first, last] = texts_[of.texts];
  if (ordinal == of.ordinal && !first.empty()) return first;
  if (ordinal == of.last() && !last.empty()) return last;
  std::string out;
  if (scheme_ != nullptr) scheme_->format(out, {families_[of.family], ordinal});
  return out;
}

std::optional<recorded_database::item_type> recorded_database::get(item_id id) const {
  if (id < 1 || id >= next_item()) return std::nullopt;
  const block& found = find_block(id);
  std::optional<std::string> serial;
  if (found.family != none) serial = spelled(found, id);
  return item_type{id,
                   parts_[found.part].key,
                   found.amount,
                   std::move(serial),
                   codes_[found.batch],
                   found.parent == no_item ? std::nullopt : std::optional(found.parent),
                   found.expiry,
                   found.removed,
                   found.data};
}

std::optional<item_id> recorded_database::holder(const block& of, std::string_view serial,
                                                 const std::optional<serial_number>& known) const {
  std::optional<std::uint64_t> ordinal;
  if (of.texts == none) {
    const family& counted = families_[of.family];
    if (serial.size() <= counted.text.size() + counted.tail.size() || !serial.starts_with(counted.text) ||
        !serial.ends_with(counted.tail))
      return std::nullopt;
    const auto digits = serial.substr(counted.text.size(), serial.size() - counted.text.size() - counted.tail.size());
    std::uint64_t value = 0;
    for (const char c : digits) {
      if (c < '0' || c > '9' || value > (max_ordinal - 9) / 10) return std::nullopt;
      value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    if (of.has(value) && decimal(counted, value) == serial) ordinal = value;
  } else if (texts_[of.texts].first == serial) {
    ordinal = of.ordinal;
  } else if (texts_[of.texts].second == serial) {
    ordinal = of.last();
  } else if (known && known->family == families_[of.family] && of.has(known->ordinal)) {
    ordinal = known->ordinal;
  }
  return ordinal ? std::optional(of.which.first + (*ordinal - of.ordinal) / of.stride) : std::nullopt;
}

std::vector<item_id> recorded_database::holders(std::string_view serial) const {
  std::optional<serial_number> known;
  if (scheme_ != nullptr)
    if (const auto parsed = scheme_->parse(serial)) known = *parsed;
  std::vector<item_id> out;
  for (const block& each : blocks_)
    if (each.family != none)
      if (const auto found = holder(each, serial, known)) out.push_back(*found);
  return out;
}

std::uint64_t recorded_database::serials() const {
  std::uint64_t count = 0;
  for (const block& each : blocks_)
    if (each.family != none) count += each.which.count;
  return count;
}

std::uint64_t recorded_database::unspelled() const {
  std::uint64_t count = 0;
  for (const block& each : blocks_)
    if (scheme_ == nullptr && each.family != none && each.texts != none && each.which.count > 2)
      count += each.which.count - 2;
  return count;
}

std::vector<items> recorded_database::trace(std::string_view batch) const {
  const auto number = code_numbers_.find(trimmed(batch));
  std::vector<items> out;
  if (number == code_numbers_.end()) return out;
  for (const block& each : blocks_)
    if (each.batch == number->second) out.push_back(each.which);
  for (const auto& [code, which] : former_codes_)
    if (code == number->second) out.push_back(which);
  return tallymark::detail::joined(std::move(out));
}

database::answer<std::vector<entry>> recorded_database::history(item_id id) {
  std::vector<entry> out;
  const auto done = log_->history(id, [&](const entry& each) { out.push_back(each); });
  if (!done) return unexpected<refusal>(refusal{done.error(), "journal", {}});
  return out;
}

void recorded_database::for_each_run(std::uint32_t part,
                                     const std::function<void(const family&, const held_run&)>& visit) const {
  for (const block& each : blocks_)
    if (each.family != none && scopes_[each.part] == scopes_[part])
      visit(families_[each.family], {each.ordinal,
                                     each.which.count,
                                     {each.which.first, each.removed ? hold::retired : hold::claimed},
                                     each.stride});
}

}  // namespace tallymark::tool
