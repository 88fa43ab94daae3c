// Serial numbers as text: one on demand, all into memory, and in blocks through a pipe.
#include <tallymark/number/layout.hpp>
#include <tallymark/registry/registry.hpp>
#include <tallymark/registry/serial_range.hpp>
#include <tallymark/scope/unique.hpp>
#include <tallymark/serial/prefixed.hpp>

#include <cstddef>
#include <cstdint>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

using namespace tallymark;

// Your own policy, hexadecimal, that describes its spelling: so it is written as fast as the shipped ones.
struct hexadecimal {
  using policy_slot = serial_slot;
  result<std::uint64_t> parse(std::string_view text) const;
  void format(std::string& out, std::uint64_t ordinal) const;

  serial_layout layout(const family&) const { return {.prefix = "0x", .symbols = "0123456789abcdef"}; }
};

int main() {
  using label = prefixed_serial<"SN-", 9>;
  const serial_range labels(label{}, run{{}, 1, 1'000'000});

  const std::string one = labels[499'999];  // made on demand: SN-000500000

  std::vector<char> lines(labels.written_size("\n"));  // all of them, one a line
  labels.write_to(lines, "\n");

  std::vector<char> buffer(65'536);  // for any number: 64 KB at a time, of whole texts
  std::size_t written = 0;
  for (const std::string_view block : labels.blocks(buffer, ",")) written += block.size();

  // serial numbers that a registry issued, in its spelling
  registry<policies<unique_globally, label>> all;
  const auto issued = all.issue({}, 3);
  for (const std::string& text : serial_range(all.numbers(), *issued)) std::cout << text << '\n';

  std::cout << one << ", " << lines.size() << " bytes, " << written << " bytes\n";

  std::string hex(serial_range(hexadecimal{}, run{{}, 14, 4}).written_size(" "), ' ');
  serial_range(hexadecimal{}, run{{}, 14, 4}).write_to(hex, " ");
  std::cout << hex << '\n';

  const bool fine = serial_range(all.numbers(), *issued)[2] == "SN-000000003" && one == "SN-000500000" &&
                    lines.size() == 13'000'000 && written == lines.size();
  return fine && hex == "0xe 0xf 0x10 0x11 " ? 0 : 1;
}

result<std::uint64_t> hexadecimal::parse(std::string_view text) const {
  std::uint64_t value = 0;
  if (!text.starts_with("0x") || text.size() < 3 || text.size() > 18) return fail(errc::not_a_serial, 0, text.size());
  for (const char c : text.substr(2)) {
    const std::size_t digit = std::string_view("0123456789abcdef").find(c);
    if (digit == text.npos) return fail(errc::not_a_serial, 0, text.size());
    value = value * 16 + digit;
  }
  return value;
}

void hexadecimal::format(std::string& out, std::uint64_t ordinal) const {
  std::string digits;
  do digits.insert(digits.begin(), "0123456789abcdef"[ordinal % 16]);
  while ((ordinal /= 16) != 0);
  out += "0x" + digits;
}
