// Claims: policy sets, scopes, one serial number, many at once, and what a scanned text is.
#include <tallymark/registry/registry.hpp>
#include <tallymark/serial/prefixed.hpp>

#include <iostream>
#include <string>
#include <string_view>
#include <vector>

using namespace tallymark;

// One company's rules: numbers like SN-000042, unique in the whole company.
struct acme : policies<unique_globally, prefixed_serial<"SN-", 6>> {};

// The same, but counted by tens.
struct acme_by_ten : policies<acme, step<10>> {};

// A policy with a value: each site has a prefix of its own.
struct site_serial {
  using policy_slot = serial_slot;
  std::string prefix = "X-";

  result<std::uint64_t> parse(std::string_view text) const {
    if (!text.starts_with(prefix)) return fail(errc::not_a_serial, 0, prefix.size());
    const auto number = prefixed_serial<"", 4>{}.parse(text.substr(prefix.size()));
    if (!number) return unexpected<failure>(shifted(number.error(), prefix.size()));
    return number;
  }
  void format(std::string& out, std::uint64_t ordinal) const {
    out += prefix;
    prefixed_serial<"", 4>{}.format(out, ordinal);
  }
  static constexpr std::uint64_t last() { return 9999; }
};
struct site_rules : policies<site_serial> {};

// Your own scope, for your own items: serial numbers are unique within a customer.
struct machine {
  std::string model;
  std::string customer;
};
struct unique_per_customer {
  using policy_slot = scope_slot;
  std::string key(const machine& one) const { return one.customer; }
};

int main() {
  bool right = true;

  // one serial number: checked and taken in one step
  registry<> numbers;
  const auto done = numbers.claim("motor", "SN-42", 7);  // for item 7
  const auto again = numbers.claim("motor", "SN-42");
  if (!again) std::cout << message(again.error().code) << '\n';
  right = right && done && !again && numbers.find("motor", "SN-42")->item == 7;

  // where: a part, its tree, its group
  (void)numbers.claim({"fast motor", "motor"}, "SN-43");  // a variant of motor
  right = right && numbers.contains("motor", "SN-43");

  // many at once: all or none, and every conflict in one result
  const auto wanted = numbers.run("SN-40", 10).value();  // SN-40 to SN-49
  const auto all = numbers.claim("motor", wanted, 100);
  if (!all)
    for (const conflict& each : all.error())
      std::cout << numbers.numbers().text(each.serials.at(0)) << ": " << message(each.why) << '\n';
  right = right && !all && all.error().size() == 2 && !numbers.contains("motor", "SN-40");

  // texts, as from a scanner or a form
  for (const answer& each : numbers.inspect("motor", {"SN-50", "SN-42", "SN-50", ""}))
    std::cout << (each.free() ? "free" : message(each.why->code)) << '\n';
  right = right && numbers.claim("motor", {"SN-50", "SN-51"}, 200);

  // the rows of a file, each with its part
  using placed = registry<>::placed_text;
  const std::vector<placed> rows{{"pump", "P-1"}, {"motor", "SN-52"}, {"pump", "P-2"}};
  right = right && numbers.claim(rows, 300) && numbers.find("pump", "P-2")->item == 302;

  // an undo frees a serial number; a retired one stays taken
  (void)numbers.release("motor", "SN-50");
  (void)numbers.retire("motor", "SN-51");
  right = right && !numbers.contains("motor", "SN-50") && numbers.contains("motor", "SN-51");

  // without a part, where serial numbers are unique among all
  registry<acme> company;
  right = right && company.claim({}, "SN-000042") && !company.claim("pump", "SN-000042");

  registry<acme_by_ten> tens;
  right = right && tens.claim({}, "SN-000042") && tens.next({}).value() == "SN-000052";

  registry<site_rules> kiel(site_rules{{site_serial{"KI-"}}});
  right = right && kiel.claim("motor", "KI-0001") && !kiel.claim("motor", "SN-0001");

  registry<policies<unique_per_customer>, machine> installed;
  right = right && installed.claim({"M-2", "city hall"}, "1") && installed.claim({"M-2", "station"}, "1");

  return right ? 0 : 1;
}
