// The name of a type as text, the same whichever compiler prints it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace tallymark::detail {

// `std::string raw_type_name() [with T = X; std::string = ...]` of g++ and `[T = X]` of clang++: the X.
template <class T>
[[nodiscard]] std::string_view raw_type_name() {
  const std::string_view all = __PRETTY_FUNCTION__;
  const std::string_view mark = "T = ";
  std::string_view name = all.substr(all.find(mark) + mark.size());
  const std::size_t other = name.find("; std::string_view = ");
  return name.substr(0, other == name.npos ? name.size() - 1 : other);
}

// Reads what compilers print and writes it in one way: no blanks outside of literals, nothing of this library's
// namespace, each fixed_string as a literal.
class type_name_writer {
 public:
  explicit type_name_writer(std::string_view raw) : rest_(raw) {}

  [[nodiscard]] std::string write() {
    while (!rest_.empty()) {
      if (skip("fixed_string<"))
        literal();
      else if (skip("tallymark::") || skip(" ") || skip("{anonymous}::") || skip("(anonymous namespace)::"))
        continue;
      else
        take();
    }
    return out_;
  }

 private:
  bool skip(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }
  void take() {
    out_ += rest_.front();
    rest_.remove_prefix(1);
  }
  [[nodiscard]] unsigned number(unsigned base) {
    unsigned value = 0;
    for (; !rest_.empty() && '0' <= rest_.front() && rest_.front() < static_cast<char>('0' + base);
         rest_.remove_prefix(1))
      value = value * base + static_cast<unsigned>(rest_.front() - '0');
    return value;
  }

  // after `fixed_string<`: `4>{"SN-"}`, or the bytes as numbers, `4>{{83, 78, 45, 0}}`
  void literal() {
    (void)number(10);
    skip(">");
    while (skip("{")) {
    }
    out_ += '"';
    if (skip("\""))
      characters();
    else
      numbers();
    out_ += '"';
    while (skip("}")) {
    }
  }
  void characters() {
    while (!rest_.empty() && !skip("\"")) {
      if (!skip("\\"))
        byte(take_byte());
      else if (!rest_.empty() && '0' <= rest_.front() && rest_.front() <= '7')
        byte(static_cast<char>(number(8)));
      else
        byte(escaped(take_byte()));
    }
  }
  [[nodiscard]] char take_byte() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  [[nodiscard]] static char escaped(char c) {
    switch (c) {
      case 'a': return '\a';
      case 'b': return '\b';
      case 'f': return '\f';
      case 'n': return '\n';
      case 'r': return '\r';
      case 't': return '\t';
      case 'v': return '\v';
      default: return c;
    }
  }
  void numbers() {
    std::string bytes;
    while (!rest_.empty() && rest_.front() != '}') {
      if (skip(",") || skip(" ")) continue;
      const bool negative = skip("-");
      const std::string_view before = rest_;
      const unsigned value = number(10);
      if (rest_.size() == before.size()) return;  // nothing that is known
      bytes += static_cast<char>(negative ? 0U - value : value);
    }
    if (!bytes.empty()) bytes.pop_back();  // the closing zero
    for (const char c : bytes) byte(c);
  }
  void byte(char c) {
    if (c == '"' || c == '\\') out_ += '\\';
    out_ += c;
  }

  std::string_view rest_;
  std::string out_;
};

// A text as type_name writes it.
[[nodiscard]] inline std::string name_of_literal(std::string_view text) {
  std::string out(1, '"');
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out += '"';
}

template <class T>
struct named_type {
  [[nodiscard]] static std::string get() { return type_name_writer(raw_type_name<T>()).write(); }
};
// Types within types are printed one by one: compilers differ in which default arguments they leave out there.
template <template <class...> class Template, class... Types>
struct named_type<Template<Types...>> {
  [[nodiscard]] static std::string get() {
    const std::string_view raw = raw_type_name<Template<Types...>>();
    std::string name = type_name_writer(raw.substr(0, raw.find('<'))).write() + '<';
    [[maybe_unused]] const char* separator = "";
    ((name += std::exchange(separator, ",") + named_type<Types>::get()), ...);
    return name + '>';
  }
};

template <class T>
[[nodiscard]] std::string type_name() {
  return named_type<T>::get();
}

}  // namespace tallymark::detail
