// Compares random operations on a registry and on the slow registry: all answers and all contents must be equal.
#include <rapidcheck.h>
#include <catch2/catch_test_macros.hpp>

#include <tallymark/increment/custom.hpp>
#include <tallymark/increment/skipping.hpp>
#include <tallymark/increment/wrapping.hpp>
#include <tallymark/index/concurrent_index.hpp>
#include <tallymark/index/hashed_index.hpp>
#include <tallymark/index/run_index.hpp>
#include <tallymark/registry/registry.hpp>
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/validated.hpp>
#include <tallymark/testing/model.hpp>

#include <array>
#include <deque>
#include <ostream>
#include <string>
#include <vector>

using namespace tallymark;

namespace {

// The parts to number: two trees of two parts each, with groups across the trees.
constexpr std::array<part_ref<>, 4> parts{{{"motor", "motor", "hall 1"},
                                           {"fast motor", "motor", "hall 2"},
                                           {"pump", "pump", "hall 1"},
                                           {"big pump", "pump", "hall 2"}}};

enum class act : std::uint8_t {
  claim,
  claim_run,
  claim_texts,
  release,
  release_run,
  retire,
  retire_run,
  reserve,
  commit,
  drop,
  issue,
  start_at
};
constexpr std::array<const char*, 12> act_names{"claim",       "claim_run", "claim_texts", "release",
                                                "release_run", "retire",    "retire_run",  "reserve",
                                                "commit",      "drop",      "issue",       "start_at"};

// Each kind of operation uses some of the members.
struct operation {
  act what{};
  std::size_t place = 0;
  std::vector<std::pair<std::string, std::uint64_t>> runs;  // first texts and lengths
  std::uint64_t item = 0;
  std::uint64_t count = 0;
};

std::ostream& operator<<(std::ostream& out, const operation& op) {
  out << act_names[static_cast<std::size_t>(op.what)] << " at " << op.place << ", item " << op.item << ", count "
      << op.count << ':';
  for (const auto& [text, length] : op.runs) out << " '" << text << "'+" << length;
  return out;
}

template <class Text>
rc::Gen<operation> any_operation(const Text& text) {
  return rc::gen::build<operation>(
      rc::gen::set(&operation::what, rc::gen::map(rc::gen::inRange(0, 12), [](int i) { return static_cast<act>(i); })),
      rc::gen::set(&operation::place, rc::gen::inRange<std::size_t>(0, parts.size())),
      rc::gen::set(
          &operation::runs,
          rc::gen::resize(4, rc::gen::nonEmpty(rc::gen::container<std::vector<std::pair<std::string, std::uint64_t>>>(
                                 rc::gen::pair(text, rc::gen::inRange<std::uint64_t>(1, 9)))))),
      rc::gen::set(&operation::item, rc::gen::oneOf(rc::gen::inRange<std::uint64_t>(1, 20), rc::gen::just(no_item))),
      rc::gen::set(&operation::count, rc::gen::inRange<std::uint64_t>(0, 12)));
}

// Few different texts, so that they clash.
rc::Gen<std::string> few(std::vector<std::string> all) { return rc::gen::elementOf(std::move(all)); }
std::string numbered(std::string prefix, int n, std::size_t width = 0) {
  std::string digits = std::to_string(n);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return prefix + digits;
}
rc::Gen<std::string> counted(std::string prefix, int below, std::size_t width = 0) {
  return rc::gen::map(rc::gen::inRange(0, below), [=](int n) { return numbered(prefix, n, width); });
}
rc::Gen<std::string> unusual() {
  return few(
      {"", "  ", "Q", "QQ", " Q", "7 ", "\t8\n", "a\x01", "\xff", std::string(101, 'x'), "0", "00", "SN-", "-3"});
}
rc::Gen<std::string> long_numbers() {
  return few({"999999999999999998", "999999999999999999", "1000000000000000000", "1000000000000000001",
              "9999999999999999999", "A123456789012345678901", "A999999999999999999998", "A999999999999999999999",
              "A1000000000000000000000"});
}

template <class Policies>
class machines {
 public:
  machines() = default;
  explicit machines(const Policies& policies) : real_(policies), slow_(policies) {}

  void apply(const operation& op) {
    const auto& where = parts[op.place];
    const std::string& text = op.runs.front().first;
    switch (op.what) {
      case act::claim: {
        const auto real_answer = real_.claim(where, text, op.item);
        same(real_answer, slow_.claim(where, text, op.item));
        if (real_answer)
          RC_ASSERT(real_.numbers().text(*real_answer) == real_.numbers().text(*real_.numbers().parse(text)));
        break;
      }
      case act::claim_run:
        same_conflicts(real_.claim(where, runs(op), op.item), slow_.claim(where, runs(op), op.item));
        break;
      case act::claim_texts: claim_texts(op); break;
      case act::release: same(real_.release(where, text), slow_.release(where, text)); break;
      case act::release_run: same_conflicts(real_.release(where, runs(op)), slow_.release(where, runs(op))); break;
      case act::retire: same(real_.retire(where, text), slow_.retire(where, text)); break;
      case act::retire_run: same_conflicts(real_.retire(where, runs(op)), slow_.retire(where, runs(op))); break;
      case act::reserve: reserve(where, op.count); break;
      case act::commit:
      case act::drop: end(op); break;
      case act::issue: issue(op); break;
      case act::start_at: same(real_.start_at(where, text), slow_.start_at(where, text)); break;
    }
    for (const auto& place : parts) {
      const std::string difference = testing::difference(real_, slow_, place);
      if (!difference.empty()) RC_FAIL(difference + " at " + std::string(place.part));
    }
    for (const auto& [spelling, length] : op.runs) {
      RC_ASSERT(real_.inspect(where, spelling) == slow_.inspect(where, spelling));
      const auto held = slow_.inspect(where, spelling);
      RC_ASSERT(real_.contains(where, spelling) == held.taken());
      RC_ASSERT(real_.find(where, spelling).has_value() == held.taken());
      if (held.taken()) RC_ASSERT(real_.find(where, spelling)->item == held.item);
    }
  }

  // the stored runs are in order, and as long as possible
  void check_runs() const {
    for (const auto& where : parts) {
      std::optional<std::pair<family, held_run>> before;
      real_.for_each(where, [&](const family& of, const held_run& held) {
        if (before) {
          RC_ASSERT(serial_number({before->first, before->second.first}) < serial_number({of, held.first}));
          if (before->first == of && before->second.last() + 1 == held.first && longest_runs)
            RC_ASSERT(before->second.by + before->second.length != held.by);
        }
        before.emplace(of, held);
      });
    }
  }

 private:
  static constexpr bool longest_runs =
      std::same_as<typename Policies::index, run_index> && registry<Policies>::numbers_type::stride == 1;

  template <class Is, class ShouldBe>
  static void same(const Is& real_answer, const ShouldBe& slow_answer) {
    RC_ASSERT(real_answer.has_value() == slow_answer.has_value());
    if (!real_answer) RC_ASSERT(real_answer.error() == slow_answer.error());
  }
  void same_conflicts(const result<void, conflicts>& real_answer,
                      const std::set<testing::slow_conflict>& slow_answer) const {
    RC_ASSERT(real_answer.has_value() == slow_answer.empty());
    if (real_answer) return;
    RC_ASSERT(slow_.spelled(real_answer.error()) == slow_answer);
    std::uint64_t serials = 0;
    for (std::size_t i = 0; i < real_answer.error().size(); ++i) {
      RC_ASSERT(real_answer.error()[i].serials.size() == 1U);
      serials += real_answer.error()[i].serials.serials();
      if (i > 0) RC_ASSERT(real_answer.error()[i - 1].serials[0] <= real_answer.error()[i].serials[0]);
    }
    RC_ASSERT(serials == slow_answer.size());  // nothing is said twice
  }

  // what can be read becomes runs, some of them crossing over to other families
  [[nodiscard]] run_list runs(const operation& op) const {
    run_list out;
    for (const auto& [text, length] : op.runs) {
      const auto from = slow_.numbers().parse(text);
      if (!from) continue;
      const std::uint64_t room = from->family.counts() ? slow_.numbers().last(from->family) - from->ordinal : 0;
      const std::uint64_t stride = op.count % 4 == 1 ? 3 : op.count % 4 == 2 ? 10 : 1;
      out.add(run{from->family, from->ordinal, std::min(length - 1, room / stride) + 1, stride});
      if (op.count == 0) (void)slow_.numbers().take(*from, length, out);
    }
    return out;
  }

  void claim_texts(const operation& op) {
    const auto& where = parts[op.place];
    std::vector<std::string_view> texts;
    for (const auto& [text, length] : op.runs) texts.push_back(text);
    std::vector<answer> slow_answer;
    std::set<std::string> seen;
    for (const auto& text : texts) {
      slow_answer.push_back(slow_.inspect(where, text));
      const auto parsed = slow_.numbers().parse(text);
      if (parsed && !seen.insert(slow_.numbers().text(*parsed)).second && slow_answer.back().free())
        slow_answer.back().why = failure{errc::named_twice, 0, static_cast<std::uint32_t>(text.size())};
    }
    RC_ASSERT(real_.inspect(where, texts) == slow_answer);
    const auto claimed = real_.claim(where, texts, op.item);
    const bool all_free =
        std::all_of(slow_answer.begin(), slow_answer.end(), [](const answer& reply) { return reply.free(); });
    RC_ASSERT(claimed.has_value() == all_free);
    if (!claimed) RC_ASSERT(claimed.error() == slow_answer);
    for (std::size_t i = 0; all_free && i < texts.size(); ++i)
      RC_ASSERT(slow_.claim(where, texts[i], (holder{op.item} + i).item).has_value());
  }

  void reserve(const part_ref<>& where, std::uint64_t count) {
    std::vector<std::string> texts;
    auto real_answer = real_.reserve(where, count);
    const auto slow_answer = slow_.reserve(where, count, texts);
    same(real_answer, slow_answer);
    if (!real_answer) return;
    RC_ASSERT(real_answer->pending());
    RC_ASSERT(slow_.spelled(real_answer->serials()) == texts);
    open_.emplace_back(std::move(*real_answer), *slow_answer);
  }
  void end(const operation& op) {
    if (open_.empty()) return;
    const auto chosen = open_.begin() + static_cast<std::ptrdiff_t>(op.count % open_.size());
    auto [reservation, number] = std::move(*chosen);
    open_.erase(chosen);
    if (op.what == act::commit) {
      reservation.commit(op.item);
      slow_.commit(number, op.item);
    } else {
      if (op.item % 2 == 0) reservation.drop();  // otherwise the destructor drops it
      slow_.drop(number);
    }
  }
  void issue(const operation& op) {
    const auto& where = parts[op.place];
    std::vector<std::string> texts;
    const auto real_answer = real_.issue(where, op.count, op.item);
    const auto slow_answer = slow_.reserve(where, op.count, texts);
    same(real_answer, slow_answer);
    if (!real_answer) return;
    RC_ASSERT(slow_.spelled(*real_answer) == texts);
    slow_.commit(*slow_answer, op.item);
  }

  registry<Policies> real_;
  testing::slow_registry<Policies> slow_;
  std::deque<std::pair<typename registry<Policies>::reservation, std::size_t>> open_;
};

template <class Policies, class Text>
void agree(const Text& text, const Policies& policies = {}) {
  REQUIRE(rc::check([&] {
    machines<Policies> registries(policies);
    const auto operations = *rc::gen::scale(1.5, rc::gen::container<std::vector<operation>>(any_operation(text)));
    for (const operation& op : operations) registries.apply(op);
    registries.check_runs();
  }));
}

constexpr bool ends_in_four(std::uint64_t v) { return v % 10 == 4; }

// Counts hexadecimal numbers like a plug-in of another system.
std::optional<std::string> next_hexadecimal(std::string_view latest) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text(latest);
  if (text.find_first_not_of(digits) != text.npos) return std::nullopt;
  for (std::size_t at = text.size(); at-- > 0;) {
    const std::size_t value = digits.find(text[at]);
    text[at] = digits[(value + 1) % digits.size()];
    if (value + 1 < digits.size()) return text;
  }
  return "1" + text;
}

struct no_sevens {
  result<opinion> operator()(std::string_view text) const {
    if (const auto at = text.find('7'); at != text.npos) return fail(errc::refused_by_rule, at, 1);
    return opinion::none;
  }
};

// A policy with a value: a letter before the number.
struct lettered {
  using policy_slot = serial_slot;
  char letter;

  explicit lettered(char initial) : letter(initial) {}
  [[nodiscard]] result<std::uint64_t> parse(std::string_view text) const {
    if (text[0] != letter) return fail(errc::not_a_serial, 0, 1);
    const auto number = integer_serial{}.parse(text.substr(1));
    if (!number) return unexpected<failure>(shifted(number.error(), 1));
    return number;
  }
  void format(std::string& out, std::uint64_t ordinal) const {
    out += letter;
    integer_serial{}.format(out, ordinal);
  }
  [[nodiscard]] std::uint64_t last() const { return 15; }
};

}  // namespace

TEST_CASE("the default policies agree with the slow registry", "[model][registry]") {
  const auto text = rc::gen::weightedOneOf<std::string>({{6, counted("SN-", 14)},
                                                         {3, counted("SN-", 101, 3)},
                                                         {2, counted("A-", 12, 2)},
                                                         {2, counted("", 14)},
                                                         {1, unusual()}});
  agree<policies<>>(text);
  agree<policies<unique_per_part>>(text);
  agree<policies<unique_per_group>>(text);
  agree<policies<unique_globally>>(text);
  agree<policies<run_index>>(text);
  agree<policies<hashed_index>>(text);
  agree<policies<concurrent_index>>(text);
  agree<policies<testing::slow_index>>(text);
}

TEST_CASE("families that carry over agree with the slow registry", "[model][registry]") {
  agree<policies<unique_per_part>>(
      rc::gen::oneOf(long_numbers(), few({"SN-098", "SN-099", "SN-100", "SN-09", "SN-10", "SN-9"})));
  agree<policies<unique_globally, text_serial<5>>>(
      few({"SN-97", "SN-98", "SN-99", "SN-9", "SN-08", "99998", "99999", "0999", "XXXXX"}));
}

TEST_CASE("other increments agree with the slow registry", "[model][registry]") {
  const auto text = rc::gen::weightedOneOf<std::string>(
      {{6, counted("SN-", 30)}, {2, counted("SN-", 101, 3)}, {2, counted("", 14)}, {1, unusual()}});
  agree<policies<step<3>>>(text);
  agree<policies<step<10>, unique_globally>>(text);
  agree<policies<step<3>, concurrent_index>>(text);
  agree<policies<step<2>, run_index>>(text);
  agree<policies<unique_globally, wrapping<3, 9>>>(text);
  agree<policies<unique_globally, skipping<ends_in_four>>>(text);
  agree<policies<unique_globally, skipping<ends_in_four, wrapping<3, 15>>>>(text);
  agree<policies<unique_globally, custom<next_hexadecimal>>>(
      rc::gen::oneOf(counted("", 20), unusual(), few({"E", "F", "1E", "1F", "9F", "A0", "FE", "FF", "G"})));
}

TEST_CASE("other serial policies agree with the slow registry", "[model][registry]") {
  agree<policies<unique_globally, prefixed_serial<"P", 1>>>(rc::gen::oneOf(counted("P", 11), unusual()));
  agree<policies<unique_globally, prefixed_serial<"P", 1>, wrapping<1, 9>>>(
      rc::gen::oneOf(counted("P", 11), unusual()));
  agree<policies<unique_per_part_tree, integer_serial>>(rc::gen::oneOf(
      counted("", 20),
      few({"18446744073709551612", "18446744073709551613", "18446744073709551614", "18446744073709551615"})));
  agree<policies<unique_globally, alphabet_serial<"ABC", 2>>>(
      few({"AA", "AB", "AC", "BA", "BB", "BC", "CA", "CB", "CC", "D", "A"}));
  agree<policies<unique_globally, validated_serial<text_serial<>, no_sevens>>>(
      rc::gen::oneOf(counted("", 20), counted("A", 101, 3)));
}

TEST_CASE("policies with values agree with the slow registry", "[model][registry]") {
  struct lab : policies<lettered, unique_per_group> {};
  agree<lab>(rc::gen::oneOf(counted("L", 18), unusual()), lab{{lettered('L')}});
}
