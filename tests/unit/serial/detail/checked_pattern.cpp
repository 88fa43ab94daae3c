#include <tallymark/serial/detail/checked_pattern.hpp>

// The errors are tested in tests/compile_fail/serial_pattern_*.cpp.
static_assert(tallymark::detail::check_pattern<"{counter}">() && tallymark::detail::check_shape<"{counter}">());
static_assert(tallymark::detail::is_a_check<"luhn"> && !tallymark::detail::is_a_check<"lunh">);
