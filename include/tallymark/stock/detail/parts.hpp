// What tallymark::stock does with parts and the numbers of their scopes. Included by stock/stock.hpp.
#pragma once

#include <tallymark/stock/stock.hpp>

namespace tallymark {

template <class Policies, class Key, class PartData, class ItemData>
result<std::uint32_t, refusal> stock<Policies, Key, PartData, ItemData>::add_part(part_type added) {
  transaction tx(*this);
  if (const auto begun = tx.begin(); !begun) return unexpected<refusal>(begun.error());
  if (const auto possible = parts_.can_add(added); !possible)
    return refuse(possible.error().code == errc::part_exists ? "part" : "variant_of", possible.error());
  const auto number = static_cast<std::uint32_t>(parts_.size());
  tx.changes().parts.push_back(std::move(added));
  if (const auto committed = tx.commit(); !committed) return unexpected<refusal>(committed.error());
  return number;
}

template <class Policies, class Key, class PartData, class ItemData>
result<void, refusal> stock<Policies, Key, PartData, ItemData>::make_variant(const key_view& variant,
                                                                             const key_view& of) {
  transaction tx(*this);
  if (const auto begun = tx.begin(); !begun) return begun;
  const auto index = parts_.find(variant), parent = parts_.find(of);
  if (!index) return refuse("part", errc::unknown_part);
  if (!parent) return refuse("variant_of", errc::unknown_part);
  if (const auto possible = parts_.can_be_variant(*index, *parent); !possible)
    return refuse("variant_of", possible.error());
  for (const auto& each : reservations_)
    if (parts_.root(each.part) == *index) return refuse("variant_of", errc::part_has_items);
  tx.changes().variant_of = typename change_set::variant{*index, *parent, parts_[*parent].key};
  return tx.commit();
}

template <class Policies, class Key, class PartData, class ItemData>
result<void, refusal> stock<Policies, Key, PartData, ItemData>::start_at(const key_view& part,
                                                                         std::string_view serial) {
  transaction tx(*this);
  if (const auto begun = tx.begin(); !begun) return begun;
  const auto index = parts_.find(part);
  if (!index) return refuse("part", errc::unknown_part);
  const auto place = parts_.place(*index);
  tx.keep_sequence(registry_.scope(place));
  if (const auto set = registry_.start_at(place, serial); !set) return refuse("serial", set.error());
  tx.changes().sequence_of = *index;
  return tx.commit();
}

template <class Policies, class Key, class PartData, class ItemData>
template <class Record>
result<std::string, refusal> stock<Policies, Key, PartData, ItemData>::batch_code(const Record& record) {
  static_assert(
      batch_policy_for<batch_type, Record>,
      "tallymark::stock: the batch policy cannot write a code for this record. Provide 'format(std::string&, const "
      "Record&) const'");
  std::string code;
  if constexpr (batch_policy_for<batch_type, Record>) {
    transaction tx(*this);
    if (const auto begun = tx.begin(); !begun) return unexpected<refusal>(begun.error());
    if (const auto done = format_batch(batch_policy_, code, record, counters_); !done) {
      counters_.keep();  // else a code that a rule refuses would be the next one every time
      return refuse("batch", done.error());
    }
    if (!counters_.taken().empty())
      if (const auto committed = tx.commit(); !committed) return unexpected<refusal>(committed.error());
  }
  return code;
}

}  // namespace tallymark
