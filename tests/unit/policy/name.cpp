#include <tallymark/policy/name.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

#include <tallymark/check/iso7064.hpp>
#include <tallymark/gs1/serial.hpp>
#include <tallymark/gs1/sgtin.hpp>
#include <tallymark/gs1/sscc18.hpp>
#include <tallymark/gs1/unique_per_gtin.hpp>
#include <tallymark/schemes.hpp>
#include <tallymark/scope/unique.hpp>
#include <tallymark/serial/ff1.hpp>
#include <tallymark/serial/integer.hpp>

using namespace tallymark;

namespace acme {

struct house_serial {};
struct numbers : prefixed_serial<"A-", 3> {};
struct said {
  static constexpr std::string_view policy_name = "acme serial numbers, second kind";
};
struct elsewhere {};

}  // namespace acme

template <>
struct tallymark::policy_name_of<acme::elsewhere> {
  static std::string get() { return "somebody else's"; }
};

// A name in a journal outlives the compiler that wrote it: g++ and clang++ must agree on these.
TEST_CASE("the names of the policies of the library", "[policy]") {
  CHECK(policy_name<unique_per_part_tree>() == "unique_per_part_tree");
  CHECK(policy_name<unique_per_part>() == "unique_per_part");
  CHECK(policy_name<unique_per_group>() == "unique_per_group");
  CHECK(policy_name<unique_globally>() == "unique_globally");
  CHECK(policy_name<unique_per_gtin>() == "unique_per_gtin");
  CHECK(policy_name<text_serial<>>() == "text_serial<>");
  CHECK(policy_name<text_serial<50>>() == "text_serial<50>");
  CHECK(policy_name<basic_integer_serial<>>() == "integer_serial<64>");
  CHECK(policy_name<prefixed_serial<"SN-", 6>>() == "prefixed_serial<\"SN-\",6>");
  CHECK(policy_name<prefixed_serial<"SN-">>() == "prefixed_serial<\"SN-\">");
  CHECK(policy_name<prefixed_serial<"\u00c4-\"", 6>>() == "prefixed_serial<\"\u00c4-\\\"\",6>");
  CHECK(policy_name<alphabet_serial<"0123456789ABCDEF", 6>>() == "alphabet_serial<\"0123456789ABCDEF\",6>");
  CHECK(policy_name<crockford32_serial<8, crockford_check::mod37>>() == "crockford32_serial<8,crockford_check::mod37>");
  CHECK(policy_name<pattern_serial<"{year}-{counter:04}">>() == "pattern_serial<\"{year}-{counter:04}\">");
  CHECK(policy_name<several_patterns<pattern_serial<"A{counter}">, pattern_serial<"B{counter:02}">>>() ==
        "several_patterns<pattern_serial<\"A{counter}\">,pattern_serial<\"B{counter:02}\">>");
  CHECK(policy_name<checked_serial<prefixed_serial<"A", 5>, iso7064_mod37_2>>() ==
        "checked_serial<prefixed_serial<\"A\",5>,iso7064_mod37_2>");
  CHECK(policy_name<scrambled_serial<prefixed_serial<"A", 6>>>() ==
        "scrambled_serial<prefixed_serial<\"A\",6>,feistel>");
  CHECK(policy_name<scrambled_serial<prefixed_serial<"A", 6>, ff1>>() ==
        "scrambled_serial<prefixed_serial<\"A\",6>,ff1>");
  CHECK(policy_name<several_patterns<pattern_serial<"C{counter}">>>() ==
        "several_patterns<pattern_serial<\"C{counter}\">>");
  // the clock is not part of a row
  CHECK(policy_name<ulid_serial<refuse_clock>>() == policy_name<ulid_serial<>>());
  CHECK(policy_name<pattern_serial<"{year}-{counter:04}", utc_clock>>() == "pattern_serial<\"{year}-{counter:04}\">");
  CHECK(policy_name<ulid_serial<>>() == "ulid_serial");
  CHECK(policy_name<uuidv7_serial<>>() == "uuidv7_serial");
  CHECK(policy_name<snowflake_serial<>>() == "snowflake_serial<1288834974657,1,41,10,12,0>");
  CHECK(policy_name<issn_serial<>>() == "issn_serial<>");
  CHECK(policy_name<isbn13_serial<"9783">>() == "isbn13_serial<\"9783\">");
  CHECK(policy_name<imei_serial>() == "imei_serial");
  CHECK(policy_name<hibc_serial>() == "hibc_serial");
  CHECK(policy_name<vin_serial<>>() == "vin_serial<>");
  CHECK(policy_name<gs1_serial>() == "gs1_serial");
  CHECK(policy_name<sgtin96>() == "sgtin96");
  CHECK(policy_name<sgtin198>() == "sgtin198");
  CHECK(policy_name<sscc18<"4012345">>() == "sscc18<\"4012345\">");
}

TEST_CASE("a policy of a user has the name of its type, or one of its own", "[policy]") {
  CHECK(policy_name<acme::house_serial>() == "acme::house_serial");
  CHECK(policy_name<acme::numbers>() == "acme::numbers");  // not the name of its base class
  CHECK(policy_name<acme::said>() == "acme serial numbers, second kind");
  CHECK(policy_name<acme::elsewhere>() == "somebody else's");
}
