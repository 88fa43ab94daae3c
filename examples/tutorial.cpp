// The steps of docs/tutorial.md, in one program.
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <tallymark/core.hpp>

namespace first_steps {

void run() {
  tallymark::registry<> registry;
  auto done = registry.claim("motor", "SN-098");  // check and take, in one step
  auto again = registry.claim("motor", "SN-098");
  if (!again) std::cout << message(again.error().code) << '\n';

  std::cout << registry.next("motor").value() << '\n';  // SN-099: a suggestion, nothing is taken
  auto three = registry.reserve("motor", 3);            // SN-099, SN-100, SN-101: a promise
  three->commit();
  std::cout << registry.latest("motor").value() << '\n';
  (void)done;
}

}  // namespace first_steps

namespace house_rules {

// Numbers of six digits behind a prefix, counted by tens, never twice in the whole company.
struct acme : tallymark::policies<tallymark::prefixed_serial<"SN-", 6>, tallymark::step<10>, tallymark::unique_globally> {};

// The same, but counted by ones.
struct acme_by_one : tallymark::policies<acme, tallymark::step<1>> {};

void run() {
  tallymark::registry<acme> registry;
  (void)registry.issue({}, 3);
  std::cout << registry.latest({}).value() << '\n';

  const std::string_view scanned = "SN-00x042";
  const auto answer = registry.inspect({}, scanned);
  if (!answer.free() && !answer.taken()) std::cout << explain(*answer.why, scanned) << '\n';
}

}  // namespace house_rules

namespace own_increment {

// A rule of one's own: never a number that ends in 4.
struct no_four {
  using policy_slot = tallymark::increment_slot;
  constexpr std::optional<std::uint64_t> next(std::uint64_t v) const { return v % 10 == 3 ? v + 2 : v + 1; }
};

struct acme : tallymark::policies<no_four> {};

void run() {
  tallymark::registry<acme> registry;
  (void)registry.issue("motor", 4);
  std::cout << registry.latest("motor").value() << '\n';
}

}  // namespace own_increment

namespace own_serial {

// A scheme of one's own: a letter for the line, then the counter, "A1" to "A999".
struct line_serial {
  using policy_slot = tallymark::serial_slot;

  constexpr tallymark::result<std::uint64_t> parse(std::string_view text) const {
    if (text[0] != 'A') return tallymark::fail(tallymark::errc::not_a_serial, 0, 1);
    const auto number = tallymark::integer_serial{}.parse(text.substr(1));
    if (!number) return tallymark::unexpected(shifted(number.error(), 1));
    return *number <= last() ? number : tallymark::fail(tallymark::errc::too_large, 1, text.size() - 1);
  }
  constexpr void format(std::string& out, std::uint64_t ordinal) const {
    out += 'A';
    tallymark::integer_serial{}.format(out, ordinal);
  }
  constexpr std::uint64_t last() const { return 999; }
};

struct acme : tallymark::policies<line_serial, tallymark::unique_per_part> {};

void run() {
  tallymark::registry<acme> registry;
  std::cout << registry.next("motor").value() << '\n';
  const auto too_many = registry.issue("motor", 1000);
  std::cout << message(too_many.error().code) << '\n';
}

}  // namespace own_serial

int main() {
  first_steps::run();
  house_rules::run();
  own_increment::run();
  own_serial::run();
}
