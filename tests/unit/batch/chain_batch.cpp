#include <tallymark/batch/chain_batch.hpp>

#include <catch2/catch_test_macros.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

#include <tallymark/batch/date_batch.hpp>
#include <tallymark/batch/pattern_batch.hpp>
#include <tallymark/batch/template_batch.hpp>
#include <tallymark/batch/validated_batch.hpp>

using namespace tallymark;

namespace {

struct no_opinion {
  using policy_slot = batch_slot;
  void format(std::string&) const {}
};
struct for_even {
  using policy_slot = batch_slot;
  void format(std::string& out, const int& record) const {
    if (record % 2 == 0) out += "even";
  }
};
struct breaks {
  using policy_slot = batch_slot;
  result<void> format(std::string& out) const {
    out += "half a code";
    return fail(errc::unknown_field, 1, 2);
  }
};
struct never {
  using policy_slot = batch_slot;
  void format(std::string&) const { FAIL("was asked"); }
};

constexpr fixed_clock new_year{{2027, 1, 1}};
using dated = date_batch<fixed_clock>;

template <class P, class Record = no_record>
std::string code_of(const P& policy, const Record& record = {}) {
  std::string code = "<";
  batch_counters counters;
  const auto formatted = format_batch(policy, code, record, counters);
  return formatted ? code.substr(1) : code + std::string(message(formatted.error().code));
}

}  // namespace

static_assert(batch_policy_for<chain_batch<no_opinion, date_batch<>>, no_record> &&
              batch_policy_for<chain_batch<>, no_record>);
static_assert(batch_policy_for<chain_batch<for_even>, int> && !batch_policy_for<chain_batch<for_even>, std::string>);
static_assert(std::is_empty_v<chain_batch<no_opinion, date_batch<>>>);
static_assert(sizeof(chain_batch<no_opinion, dated>) == sizeof(dated));

TEST_CASE("the first generator that writes a code decides", "[batch]") {
  CHECK(code_of(chain_batch(no_opinion{}, dated{new_year}, never{})) == "2027-01-01");
  CHECK(code_of(chain_batch(template_batch<>{}, no_opinion{}, pattern_batch<"", fixed_clock>{}, dated{new_year})) ==
        "2027-01-01");
  CHECK(code_of(chain_batch(for_even{}, dated{new_year}), 2) == "even");
  CHECK(code_of(chain_batch(for_even{}, dated{new_year}), 3) == "2027-01-01");
}

TEST_CASE("if no policy writes a code, the code is empty", "[batch]") {
  CHECK(code_of(chain_batch<>{}) == "");
  CHECK(code_of(chain_batch<no_opinion, no_opinion>{}) == "");
}

TEST_CASE("a failure ends the chain, and nothing of it stays", "[batch]") {
  CHECK(code_of(chain_batch<no_opinion, breaks, never>{}) == "<there is no field with this name");
}

TEST_CASE("generators of a chain share the counters", "[batch]") {
  const chain_batch<no_opinion, pattern_batch<"{sequence:03}">> policy;
  std::string code;
  batch_counters counters;
  CHECK(format_batch(policy, code, no_record{}, counters));
  CHECK(format_batch(policy, code, no_record{}, counters));
  CHECK(code == "001002");
}

TEST_CASE("rules can be put around a chain", "[batch]") {
  struct no_zero {
    constexpr result<opinion> operator()(std::string_view text) const {
      if (text.find('0') != text.npos) return fail(errc::refused_by_rule);
      return opinion::none;
    }
  };
  const validated_batch<chain_batch<no_opinion, dated>, no_zero> policy;
  CHECK(validate_batch(policy, "1").value() == "1");
  CHECK(validate_batch(policy, "10").error().code == errc::refused_by_rule);
  CHECK(code_of(policy) == "<a rule refuses this text");
}

namespace {

struct throws {
  using policy_slot = batch_slot;
  void format(std::string& out) const {
    out += "half";
    throw std::runtime_error("no code");
  }
};
struct half_an_answer {
  using policy_slot = batch_slot;
  result<void> format(std::string& out) const {
    out += "half";
    return fail(errc::bad_value);
  }
};

}  // namespace

TEST_CASE("the text that a generator appended before it failed or threw is removed", "[batch]") {
  batch_counters counters;
  std::string code = "before";
  CHECK_THROWS_AS((chain_batch<no_opinion, throws>{}.format(code, no_record{}, counters)), std::runtime_error);
  CHECK(code == "before");
  CHECK((chain_batch<no_opinion, half_an_answer, date_batch<>>{}.format(code, no_record{}, counters).error().code) ==
        errc::bad_value);
  CHECK(code == "before");
}
