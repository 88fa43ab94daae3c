// expect: tallymark::chain_batch: this type is not a batch policy
#include <tallymark/batch/chain_batch.hpp>
#include <tallymark/batch/date_batch.hpp>
#include <tallymark/record/codec.hpp>

#include <string>

struct by_hand {
#if !TALLYMARK_BAD
  using policy_slot = tallymark::batch_slot;
#endif
  void format(std::string& out) const { out += "LOT"; }
};

bool write(std::string& out, tallymark::batch_counters& counters) {
  const tallymark::chain_batch<by_hand, tallymark::date_batch<>> chain;
  return tallymark::format_batch(chain, out, tallymark::no_record{}, counters).has_value();
}
