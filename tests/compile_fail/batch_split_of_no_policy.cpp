// expect: tallymark::split_batch: the first type is not a batch policy
#include <tallymark/batch/split_batch.hpp>

#include <string>

#if TALLYMARK_BAD
using policy = tallymark::split_batch<int>;
#else
using policy = tallymark::split_batch<tallymark::date_batch<>>;
#endif

auto check(std::string_view code) { return policy{}.validate(code); }
