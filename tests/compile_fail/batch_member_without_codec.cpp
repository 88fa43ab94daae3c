// expect: tallymark::field_codec: a member of this type cannot be written as text
#include <tallymark/batch/pattern_batch.hpp>
#include <tallymark/record/hana.hpp>

#include <string>

struct part {
  std::string ipn;
};
struct lot {
  part of;
};
BOOST_HANA_ADAPT_STRUCT(part, ipn);
BOOST_HANA_ADAPT_STRUCT(lot, of);

#if TALLYMARK_BAD
using pattern = tallymark::pattern_batch<"{of}-{year}">;
#else
using pattern = tallymark::pattern_batch<"{of.ipn}-{year}">;
#endif

bool write(std::string& out, const lot& one) { return pattern{}.format(out, one).has_value(); }
