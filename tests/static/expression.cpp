// Expansion at compile time, and properties of the dialects.
#include <tallymark/expression/inventree.hpp>
#include <tallymark/expression/strict.hpp>

#include <type_traits>

#include "../unit/expression/expand.hpp"

using namespace tallymark;

namespace {

using numbers_type = numbering<text_serial<>, step<1>>;
using source_type = after_latest<text_serial<>, step<1>>;
constexpr strict_expression strict;
constexpr inventree_expression inventree;

}  // namespace

static_assert(expression_dialect<strict_expression, numbers_type, source_type>);
static_assert(expression_dialect<inventree_expression, numbers_type, source_type>);
static_assert(std::is_trivially_copyable_v<strict_expression> && std::is_trivially_copyable_v<inventree_expression>);
static_assert(!std::is_convertible_v<expansion, bool> && std::is_constructible_v<bool, expansion>);

static_assert(names(strict, "1-5", 5, {{{}, 1, 5}}));
static_assert(names(strict, "SN-1-SN-5", 5, {{{"SN-"}, 1, 5}}));
static_assert(names(strict, "1+4000000000", 4000000001, {{{}, 1, 4000000001}}));
static_assert(names(strict, "1+", 7, {{{}, 1, 7}}));
static_assert(names(strict, "\"1-5\"", 1, {{{"1-"}, 5, 1}}));
static_assert(refuses(strict, "10-2", 9, {{errc::range_backwards, 0, 4}}));
static_assert(refuses(strict, "1-4", 5, {{errc::too_few_serials, 0, 3}}));
static_assert(refuses(strict, "1-6", 5, {{errc::too_many_serials, 0, 3}}));
static_assert(refuses(strict, ",9-5,x+y", 1,
                      {{errc::empty_item, 0, 0}, {errc::range_backwards, 1, 3}, {errc::bad_count, 7, 1}}));

static_assert(names(inventree, "1-5", 5, {{{}, 1, 5}}));
static_assert(names(inventree, "1, 2, 3, AF5-69H, 5", 5, {{{}, 1, 3}, {family::literal("AF5-69H"), 0, 1}, {{}, 5, 1}}));
static_assert(refuses(inventree, "1+1", 1, {{errc::too_many_serials, 0, 3}}));

// the dialects read some texts differently
static_assert(names(strict, "1;2", 2, {{{}, 1, 2}}) && names(inventree, "1;2", 1, {{{"1;"}, 2, 1}}));
static_assert(names(strict, "a 1", 1, {{{"a "}, 1, 1}}) &&
              refuses(inventree, "a 1", 1, {{errc::too_many_serials, 2, 1}}));
