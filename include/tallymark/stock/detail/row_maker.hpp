// The rows of a change set, as a journal gets them. Included by stock/stock.hpp.
#pragma once

#include <forward_list>

#include <tallymark/stock/stock.hpp>

namespace tallymark {

/// Spells serial numbers and the members of the user's own data, and keeps these texts as long as the rows look at them.
/// Made before the change set is applied.
template <class Policies, class Key, class PartData, class ItemData>
class stock<Policies, Key, PartData, ItemData>::row_maker {
 public:
  row_maker(stock& owner, const change_set& set) : owner_(owner), set_(set) {
    add_parts();
    add_changes();
    add_items();
    for (const auto& each : set.reserved) add_reserved(reserved_, each);
    if (set.dropped) add_reserved(dropped_, **set.dropped);
    if (set.sequence_of) note_scope(*set.sequence_of);
    add_sequences();
    for (const std::string& rest : owner.counters_.taken()) counters_.push_back({rest, owner.counters_.last(rest)});
  }

  [[nodiscard]] row_group rows() const {
    const auto spell = [this](const serial_number& serial) { return owner_.registry_.numbers().text(serial); };
    return {parts_, dropped_, changes_, added_, reserved_, sequences_, counters_, set_.history, spell};
  }

  /// The journal has them.
  void keep_sequences() noexcept {
    for (const auto& [in_journal, now] : moved_) *in_journal = now;
  }

 private:
  void add_parts() {
    auto number = static_cast<std::uint32_t>(owner_.parts_.size());
    for (const part_type& each : set_.parts) {
      add_part(number, each, each.variant_of ? owner_.parts_.find(*each.variant_of) : std::nullopt);
      ++number;
    }
    if (const auto& changed = set_.variant_of) add_part(changed->part, owner_.parts_[changed->part], changed->of);
  }
  void add_part(std::uint32_t number, const part_type& part, std::optional<std::uint32_t> of) {
    parts_.push_back({number, key_text(part.key), of, part.serials, part.batches, part.issued_here,
                      key_text(part.group), texts_of(part.data)});
  }

  void add_changes() {
    changes_.reserve(set_.changes.size());
    for (const auto& each : set_.changes) {
      item_change& row = changes_.emplace_back();
      row.which = each.which;
      row.amount = each.amount;
      if (each.batch) row.batch = owner_.batches_.code(*each.batch);
      row.parent = each.parent;
      row.removed = each.removed;
      if (!each.serial) continue;
      const std::uint32_t part = owner_.blocks_.find(each.which.first)->second.part;
      row.serials = spelled(part, each.serial->of(each.which.count));
      note_scope(part);
    }
  }

  void add_items() {
    added_.reserve(set_.added.size());
    item_id first = owner_.blocks_.next_id();
    for (const auto& each : set_.added) {
      const block& like = each.like;
      item_row& row = added_.emplace_back(item_row{{first, like.count},
                                                   like.part,
                                                   like.amount,
                                                   owner_.batches_.code(like.batch),
                                                   like.parent,
                                                   like.expiry,
                                                   like.removed,
                                                   data_texts(like),
                                                   {}});
      first += like.count;
      if (!like.serial) continue;
      row.serials = spelled(like.part, like.serial.of(like.count));
      note_scope(like.part);
    }
  }

  template <class Reservation>
  void add_reserved(std::vector<reserved_row>& rows, const Reservation& reserved) {
    for (const run& each : reserved.serials) rows.push_back({reserved.part, spelled(reserved.part, each)});
    note_scope(reserved.part);
  }

  // The sequence of this part's scope may be another one than before.
  void note_scope(std::uint32_t part) {
    if (touched_.size() <= part) touched_.resize(part + 1);
    if (touched_[part]) return;
    touched_[part] = true;
    scopes_.try_emplace(owner_.scope_text(part), part);
  }
  // those that are not as the journal has them
  void add_sequences() {
    for (const auto& [scope, part] : scopes_) {
      const bool drops = set_.after_drop && owner_.registry_.same_scope(owner_.parts_.place(part),
                                                                        owner_.parts_.place((*set_.dropped)->part));
      const sequence_state now = drops ? *set_.after_drop : owner_.registry_.sequence(owner_.parts_.place(part));
      auto known = owner_.journal_.sequences.find(scope);
      if (known != owner_.journal_.sequences.end() ? known->second == now : now == sequence_state{}) continue;
      // a scope that has the state of the beginning is the same as one that is not there
      if (known == owner_.journal_.sequences.end())
        known = owner_.journal_.sequences.emplace(std::string(scope), sequence_state{}).first;
      sequences_.push_back({scope, part, now.active, now.issued, now.start});
      moved_.emplace_back(&known->second, now);
    }
  }

  [[nodiscard]] std::string_view stable(std::string text) { return texts_.emplace_front(std::move(text)); }
  [[nodiscard]] std::string_view key_text(const Key& key) {
    std::string text;
    detail::asserted_codec<Key>::append(text, key);
    return stable(std::move(text));
  }
  template <class Data>
  [[nodiscard]] member_texts texts_of(const Data& data) {
    if constexpr (adapted_record<Data>) {
      std::vector<std::string> texts;
      detail::append_texts(data, texts);
      if (!texts.empty()) return data_.emplace_front(std::move(texts));
    }
    return {};
  }
  // those of an item; most have the same
  [[nodiscard]] member_texts data_texts(const block& of) {
    if constexpr (detail::is_boxed<ItemData>)
      if (of.data.plain()) {
        if (!plain_) plain_ = texts_of<ItemData>(of.data);
        return *plain_;
      }
    return texts_of<ItemData>(of.data);
  }
  [[nodiscard]] serial_row spelled(std::uint32_t part, const run& serials) {
    serial_row row{owner_.scope_text(part), serials, {}, {}};
    if (serials.family.counts())
      row.first = stable(owner_.registry_.numbers().text({serials.family, serials.first}));
    else
      row.first = serials.family.text;
    row.last =
        serials.length == 1 ? row.first : stable(owner_.registry_.numbers().text({serials.family, serials.last()}));
    return row;
  }

  stock& owner_;
  const change_set& set_;
  std::forward_list<std::string> texts_;  // these stay where they are
  std::forward_list<std::vector<std::string>> data_;
  std::optional<member_texts> plain_;  // of default data
  std::vector<part_row> parts_;
  std::vector<reserved_row> dropped_, reserved_;
  std::vector<item_change> changes_;
  std::vector<item_row> added_;
  std::vector<sequence_row> sequences_;
  std::vector<counter_row> counters_;
  std::map<std::string_view, std::uint32_t> scopes_;  // each with a part of it
  std::vector<bool> touched_;                         // the parts whose scopes these are
  std::vector<std::pair<sequence_state*, sequence_state>> moved_;
};

}  // namespace tallymark
