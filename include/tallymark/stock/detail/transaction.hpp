// One transaction of tallymark::stock: what it claims, what it notes, and the rows that its journal gets. Included by
// stock/stock.hpp.
#pragma once

#include <forward_list>

#include <tallymark/stock/stock.hpp>

namespace tallymark {

#define TALLYMARK_STOCK_TEMPLATE template <class Policies, class Key, class PartData, class ItemData>
#define TALLYMARK_STOCK stock<Policies, Key, PartData, ItemData>

/// Begins with what other processes changed, and ends with a commit; else everything that was taken is given back. The
/// operations note what they do, and change the stock after the commit, when nothing can fail any more.
TALLYMARK_STOCK_TEMPLATE
class TALLYMARK_STOCK::transaction {
 public:
  explicit transaction(stock& of) : of_(&of) {}
  transaction(transaction&& other) noexcept
      : of_(std::exchange(other.of_, nullptr)),
        open_(std::exchange(other.open_, false)),
        claimed_(std::move(other.claimed_)),
        received_(std::move(other.received_)),
        entries_(std::move(other.entries_)),
        texts_(std::move(other.texts_)),
        data_(std::move(other.data_)),
        parts_(std::move(other.parts_)),
        dropped_(std::move(other.dropped_)),
        reserved_(std::move(other.reserved_)),
        changes_(std::move(other.changes_)),
        added_(std::move(other.added_)),
        plain_(other.plain_),
        scopes_(std::move(other.scopes_)),
        touched_(std::move(other.touched_)) {}
  transaction& operator=(transaction&&) = delete;
  ~transaction() { cancel(); }

  [[nodiscard]] stock& of() const noexcept { return *of_; }

  result<void, refusal> begin() {
    TALLYMARK_ASSERT(!of_->busy_, "a stock is not changed while a receipt is open");
    if constexpr (journaled) {
      auto& log = of_->journal_.log;
      if (!log) return refuse("journal", errc::journal_closed);
      const auto news = log->begin();
      if (!news) return refuse("journal", news.error());
      if (*news)
        if (const auto read = of_->catch_up(); !read) return read;
    }
    of_->busy_ = open_ = true;
    return {};
  }

  // Makes all of it durable; if that fails, all is as it was.
  result<void, refusal> commit() {
    if constexpr (journaled) {
      std::vector<std::pair<std::string_view, sequence_state>> moved;
      const auto sequences = moved_sequences(moved);
      std::vector<counter_row> counters;
      for (const std::string& rest : of_->counters_.taken()) counters.push_back({rest, of_->counters_.last(rest)});
      const auto done = of_->journal_.log->append(
          row_group{parts_, dropped_, changes_, added_, reserved_, sequences, counters, entries_,
                    [this](const serial_number& one) { return of_->registry_.numbers().text(one); }});
      if (!done) {
        cancel(false);
        return refuse(done.error().code == errc::already_taken ? "serial" : "journal", done.error());
      }
      for (auto& [scope, state] : moved) of_->journal_.sequences.insert_or_assign(std::string(scope), state);
    } else {
      for (entry& each : entries_) of_->log_.push_back(std::move(each));
    }
    of_->counters_.keep();
    of_->busy_ = open_ = false;
    return {};
  }

  // Serial numbers that were claimed for this, by the part of their item.
  void claimed(std::uint32_t part, const run& serials) { claimed_.emplace_back(part, serials); }

  // New items that are alike, and whose serial numbers were claimed for this. The batch code gets its number after the
  // commit.
  struct received {
    block like;
    std::string_view batch;
  };
  [[nodiscard]] std::vector<received>& arrivals() noexcept { return received_; }

  // ---- what is done ---------------------------------------------------------------------------

  entry& note(change what, items subject, quantity amount, items other = {no_item, 0}) {
    const auto now =
        of_->clock_ ? of_->clock_() : std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    entries_.push_back({of_->next_change() + entries_.size(), what, subject, other, amount, {}, {}, now, {}});
    return entries_.back();
  }
  [[nodiscard]] std::vector<entry>& entries() noexcept { return entries_; }

  // ---- rows for the journal -------------------------------------------------------------------

  void alter(const item_change& changed) {
    if constexpr (journaled) changes_.push_back(changed);
  }
  void renumber(item_id which, std::uint32_t part, const serial_number& serial) {
    if constexpr (journaled) {
      item_change changed{which};
      changed.serials = spelled(part, run{serial.family, serial.ordinal, 1});
      changes_.push_back(changed);
      touch(part);
    }
  }
  // New items; the text of the batch code stays where it is until the commit.
  void add(items which, const block& like, std::string_view batch) {
    if constexpr (journaled) {
      item_row& row = added_.emplace_back(
          item_row{which, like.part, like.amount, batch, like.parent, like.expiry, like.removed, data_texts(like), {}});
      if (like.serial) {
        const serial_number first = *like.serial;
        row.serials = spelled(like.part, run{first.family, first.ordinal, which.count});
        touch(like.part);
      }
    }
  }
  void add_arrivals(item_id first) {
    if constexpr (journaled) {
      added_.reserve(added_.size() + received_.size());
      for (const received& each : received_) {
        add({first, each.like.count}, each.like, each.batch);
        first += each.like.count;
      }
    }
  }
  void add(item_id first, block like, const run_list& serials, std::string_view batch) {
    for (const run& each : serials) {
      like.serial = serial_number{each.family, each.first};
      add({first, each.length}, like, batch);
      first += each.length;
    }
  }
  void add(std::uint32_t number, const part_type& part, std::optional<std::uint32_t> of) {
    if constexpr (journaled)
      parts_.push_back({number, key_text(part.key), of, part.serials, part.batches, part.issued_here,
                        key_text(part.group), texts_of(part.data)});
  }
  void reserve(std::uint32_t part, const run_list& serials) { set_aside(reserved_, part, serials); }
  void drop(std::uint32_t part, const run_list& serials) { set_aside(dropped_, part, serials); }
  // The sequence of this part's scope may be another one now, or will be this one.
  void touch(std::uint32_t part, const std::optional<sequence_state>& then = std::nullopt) {
    if constexpr (journaled) {
      if (touched_.size() <= part) touched_.resize(part + 1);
      if (touched_[part] && !then) return;
      touched_[part] = true;
      auto& scope = scopes_.try_emplace(of_->scope_text(part), part, std::nullopt).first->second;
      if (then) scope.second = then;
    }
  }

 private:
  void cancel(bool tell_journal = true) {
    if (!std::exchange(open_, false)) return;
    of_->busy_ = false;
    for (const auto& [part, serials] : claimed_) of_->registry_.forget(of_->parts_.place(part), serials);
    for (const auto& [like, batch] : received_)
      if (const detail::packed_serial& first = like.serial)
        of_->registry_.forget(of_->parts_.place(like.part), {first->family, first->ordinal, like.count});
    of_->counters_.undo();
    if constexpr (journaled)
      if (tell_journal && of_->journal_.log) of_->journal_.log->cancel();
  }

  [[nodiscard]] std::string_view kept(std::string text) { return texts_.emplace_front(std::move(text)); }
  [[nodiscard]] std::string_view key_text(const Key& key) {
    std::string text;
    detail::checked_codec<Key>::append(text, key);
    return kept(std::move(text));
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
    serial_row row{of_->scope_text(part), serials, {}, {}};
    if (serials.family.counts())
      row.first = kept(of_->registry_.numbers().text({serials.family, serials.first}));
    else
      row.first = serials.family.text;
    row.last = serials.length == 1 ? row.first : kept(of_->registry_.numbers().text({serials.family, serials.last()}));
    return row;
  }
  void set_aside(std::vector<reserved_row>& rows, std::uint32_t part, const run_list& serials) {
    if constexpr (journaled) {
      for (const run& each : serials) rows.push_back({part, spelled(part, each)});
      touch(part);
    }
  }

  // the sequences of the scopes in which something was claimed, if they are not as the journal has them
  [[nodiscard]] std::vector<sequence_row> moved_sequences(
      std::vector<std::pair<std::string_view, sequence_state>>& moved) const {
    std::vector<sequence_row> rows;
    for (const auto& [scope, touched] : scopes_) {
      const auto& [part, then] = touched;
      const sequence_state now = then ? *then : of_->registry_.sequence(of_->parts_.place(part));
      const auto before = of_->journal_.sequences.find(scope);
      if (before != of_->journal_.sequences.end() ? before->second == now : now == sequence_state{}) continue;
      rows.push_back({scope, part, now.active, now.issued, now.start});
      moved.emplace_back(scope, now);
    }
    return rows;
  }

  stock* of_;
  bool open_ = false;
  std::vector<std::pair<std::uint32_t, run>> claimed_;
  std::vector<received> received_;
  std::vector<entry> entries_;
  // what rows look at: these stay where they are, and empty lists cost nothing where there is no journal
  std::forward_list<std::string> texts_;
  std::forward_list<std::vector<std::string>> data_;
  std::vector<part_row> parts_;
  std::vector<reserved_row> dropped_, reserved_;
  std::vector<item_change> changes_;
  std::vector<item_row> added_;
  std::optional<member_texts> plain_;  // of data as they are made
  std::map<std::string_view, std::pair<std::uint32_t, std::optional<sequence_state>>> scopes_;  // by a part of them
  std::vector<bool> touched_;  // the parts whose scopes these are
};

#undef TALLYMARK_STOCK
#undef TALLYMARK_STOCK_TEMPLATE

}  // namespace tallymark
