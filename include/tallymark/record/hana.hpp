// Structs that are adapted with Boost.Hana, as records. The only header that uses Boost.Hana.
#pragma once

#include <tallymark/config.hpp>

#include <array>
#include <string_view>
#include <tuple>

#include <boost/hana/accessors.hpp>
#include <boost/hana/adapt_struct.hpp>
#include <boost/hana/concept/struct.hpp>
#include <boost/hana/define_struct.hpp>
#include <boost/hana/first.hpp>
#include <boost/hana/second.hpp>
#include <boost/hana/string.hpp>
#include <boost/hana/tuple.hpp>
#include <boost/hana/unpack.hpp>

#include <tallymark/record/calendar_fields.hpp>
#include <tallymark/record/codec.hpp>

namespace tallymark {

/// The members of a struct after `BOOST_HANA_ADAPT_STRUCT(type, member...);` or with `BOOST_HANA_DEFINE_STRUCT` in it.
template <class Record>
  requires boost::hana::Struct<Record>::value
struct record_traits<Record> {
  static constexpr auto names = boost::hana::unpack(boost::hana::accessors<Record>(), [](auto... each) {
    return std::array<std::string_view, sizeof...(each)>{std::string_view(boost::hana::first(each).c_str())...};
  });
  static constexpr auto members = boost::hana::unpack(
      boost::hana::accessors<Record>(), [](auto... each) { return std::tuple(boost::hana::second(each)...); });
};

}  // namespace tallymark
