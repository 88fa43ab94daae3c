#include <tallymark/serial/detail/asserted_pattern.hpp>

// The errors are tested in tests/compile_fail/serial_pattern_*.cpp.
static_assert(tallymark::detail::assert_pattern<"{counter}">() && tallymark::detail::assert_shape<"{counter}">());
static_assert(tallymark::detail::is_a_check<"luhn"> && !tallymark::detail::is_a_check<"lunh">);
