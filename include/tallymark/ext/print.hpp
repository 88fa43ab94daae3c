// Printing of values: one operator<< for every type that can be written as text.
#pragma once

#include <tallymark/config.hpp>

#include <iosfwd>
#include <string>
#include <string_view>

namespace tallymark {

/// A type that can be printed: there is an `append_text(std::string&, const T&)` in its namespace, which appends the
/// value as people read it.
template <class T>
concept printable = requires(std::string& out, const T& value) { append_text(out, value); };

/// The value as people read it.
template <printable T>
[[nodiscard]] constexpr std::string text_of(const T& value) {
  std::string out;
  append_text(out, value);
  return out;
}

/// Writes the value as people read it; width and alignment of the stream hold for all of it. The caller includes
/// <ostream>.
template <class Traits, printable T>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, const T& value) {
  const std::string text = text_of(value);
  return out << std::basic_string_view<char, Traits>(text.data(), text.size());
}

}  // namespace tallymark
