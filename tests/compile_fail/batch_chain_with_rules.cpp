// expect: tallymark::batch_chain: a generator has rules of its own
#include <tallymark/batch/batch_chain.hpp>
#include <tallymark/batch/batch_pattern.hpp>
#include <tallymark/batch/date_batch.hpp>
#include <tallymark/batch/validated_batch.hpp>
#include <tallymark/policy/record.hpp>

#include <string>
#include <string_view>

struct no_slash {
  tallymark::result<tallymark::opinion> operator()(std::string_view code) const {
    if (code.find('/') != code.npos) return tallymark::fail(tallymark::errc::refused_by_rule);
    return tallymark::opinion::none;
  }
};
using by_pattern = tallymark::batch_pattern<"">;

#if TALLYMARK_BAD
using policy = tallymark::batch_chain<tallymark::validated_batch<by_pattern, no_slash>, tallymark::date_batch<>>;
#else
using policy = tallymark::validated_batch<tallymark::batch_chain<by_pattern, tallymark::date_batch<>>, no_slash>;
#endif

bool write(std::string& out, tallymark::batch_counters& counters) {
  return tallymark::format_batch(policy{}, out, tallymark::no_record{}, counters).has_value();
}
