// expect: the separator is at most 8 bytes
#include <tallymark/batch/split_batch.hpp>

#include <string>

#if TALLYMARK_BAD
using policy = tallymark::split_batch<tallymark::date_batch<>, tallymark::split_suffix<3>, "\n">;
#else
using policy = tallymark::split_batch<tallymark::date_batch<>, tallymark::split_suffix<3>, "/">;
#endif

auto check(std::string_view code) { return policy{}.validate(code); }
