#include <tallymark/policy/concepts.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace tallymark;

namespace {

struct ordinals {
  using policy_slot = serial_slot;
  result<std::uint64_t> parse(std::string_view) const;
  void format(std::string&, std::uint64_t) const;
};
struct families {
  using policy_slot = serial_slot;
  result<serial_number> parse(std::string_view) const;
  void format(std::string&, const serial_number&) const;
};
struct no_format {
  using policy_slot = serial_slot;
  result<std::uint64_t> parse(std::string_view) const;
};
struct no_slot {
  result<std::uint64_t> parse(std::string_view) const;
  void format(std::string&, std::uint64_t) const;
};
struct parses_not_const {
  using policy_slot = serial_slot;
  result<std::uint64_t> parse(std::string_view);
  void format(std::string&, std::uint64_t) const;
};
struct parses_to_int {
  using policy_slot = serial_slot;
  result<int> parse(std::string_view) const;
  void format(std::string&, std::uint64_t) const;
};

struct on_ordinals {
  using policy_slot = increment_slot;
  std::optional<std::uint64_t> next(std::uint64_t) const;
};
struct on_text {
  using policy_slot = increment_slot;
  std::optional<std::string> next(std::string_view) const;
};
struct misspelt {
  using policy_slot = increment_slot;
  std::optional<std::uint64_t> nxt(std::uint64_t) const;
};
struct never_ends {
  using policy_slot = increment_slot;
  std::uint64_t next(std::uint64_t) const;
};

struct item {
  int part;
};
struct by_part {
  using policy_slot = scope_slot;
  int key(const item&) const;
};
struct by_unordered {
  using policy_slot = scope_slot;
  struct place {};
  place key(const item&) const;
};

struct batch_alone {
  using policy_slot = batch_slot;
  void format(std::string&) const;
};
struct batch_of_item {
  using policy_slot = batch_slot;
  result<void> format(std::string&, const item&) const;
};
struct batch_counted {
  using policy_slot = batch_slot;
  result<void> format(std::string&, const item&, batch_counters&) const;
};
struct batch_without {
  using policy_slot = batch_slot;
};

}  // namespace

static_assert(serial_policy<ordinals> && ordinal_serial_policy<ordinals> && !family_serial_policy<ordinals>);
static_assert(serial_policy<families> && family_serial_policy<families> && !ordinal_serial_policy<families>);
static_assert(!serial_policy<no_format> && !serial_policy<no_slot> && !serial_policy<parses_not_const>);
static_assert(!serial_policy<parses_to_int> && !serial_policy<on_ordinals> && !serial_policy<int>);

static_assert(increment_policy<on_ordinals> && ordinal_increment_policy<on_ordinals> &&
              !text_increment_policy<on_ordinals>);
static_assert(increment_policy<on_text> && text_increment_policy<on_text> && !ordinal_increment_policy<on_text>);
static_assert(!increment_policy<misspelt> && !increment_policy<never_ends> && !increment_policy<ordinals>);

static_assert(scope_policy_for<by_part, item> && !scope_policy_for<by_part, std::string>);
static_assert(!scope_policy_for<by_unordered, item>);

static_assert(batch_policy_for<batch_alone, item> && batch_policy_for<batch_of_item, item>);
static_assert(batch_policy_for<batch_counted, item> && !batch_policy_for<batch_of_item, std::string>);
static_assert(!batch_policy_for<batch_without, item> && !batch_policy_for<by_part, item>);

TEST_CASE("a policy has the members of its slot", "[policy]") {
  CHECK(serial_policy<ordinals>);
  CHECK_FALSE(serial_policy<no_format>);
}
