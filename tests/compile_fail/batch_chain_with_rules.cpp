// expect: tallymark::chain_batch: a generator has rules of its own
#include <tallymark/batch/chain_batch.hpp>
#include <tallymark/batch/date_batch.hpp>
#include <tallymark/batch/pattern_batch.hpp>
#include <tallymark/batch/validated_batch.hpp>
#include <tallymark/record/codec.hpp>

#include <string>
#include <string_view>

struct no_slash {
  tallymark::result<tallymark::opinion> operator()(std::string_view code) const {
    if (code.find('/') != code.npos) return tallymark::fail(tallymark::errc::refused_by_rule);
    return tallymark::opinion::none;
  }
};
using by_pattern = tallymark::pattern_batch<"">;

#if TALLYMARK_BAD
using policy = tallymark::chain_batch<tallymark::validated_batch<by_pattern, no_slash>, tallymark::date_batch<>>;
#else
using policy = tallymark::validated_batch<tallymark::chain_batch<by_pattern, tallymark::date_batch<>>, no_slash>;
#endif

bool write(std::string& out, tallymark::batch_counters& counters) {
  return tallymark::format_batch(policy{}, out, tallymark::no_record{}, counters).has_value();
}
