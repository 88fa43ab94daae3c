// expect: tallymark::validated_batch: the first type is not a batch policy
#include <tallymark/batch/date_batch.hpp>
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

#if TALLYMARK_BAD
using policy = tallymark::validated_batch<no_slash, tallymark::date_batch<>>;
#else
using policy = tallymark::validated_batch<tallymark::date_batch<>, no_slash>;
#endif

bool write(std::string& out, tallymark::batch_counters& counters) {
  const policy rules;
  return tallymark::format_batch(rules, out, tallymark::no_record{}, counters) && tallymark::validate_batch(rules, out);
}
