// The one error of the compiler for a type that is not a record.
#pragma once

#include <concepts>

#include <tallymark/record/codec.hpp>

namespace tallymark::detail {

// A type without members is the placeholder: the code that follows compiles, and does nothing.
template <class Record>
struct asserted_record {
  static_assert(adapted_record<Record> || std::same_as<Record, no_record>,
                "tallymark::record: the members of this type are not known. Adapt the type first, with "
                "BOOST_HANA_ADAPT_STRUCT(type, member...) after including <tallymark/record/hana.hpp>");
};

}  // namespace tallymark::detail
