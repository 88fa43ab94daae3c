// Compares both dialects with slow models without families and runs: these count text by text, with plain loops.
#include <rapidcheck.h>
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <tallymark/expression/inventree.hpp>
#include <tallymark/expression/strict.hpp>

#include "../unit/expression/expand.hpp"
#include "../unit/expression/taken_source.hpp"

using namespace tallymark;

namespace {

bool is_digit(char c) { return '0' <= c && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// 099 -> 100, A9 -> A10; empty if there are no digits at the end
std::string incremented(std::string text) {
  std::size_t at = text.size();
  while (at > 0 && text[at - 1] == '9') text[--at] = '0';
  if (at > 0 && is_digit(text[at - 1]))
    ++text[at - 1];
  else if (at < text.size())
    text.insert(at, "1");
  else
    text.clear();
  return text;
}

std::string after(std::string text, int step) {
  for (int i = 0; i < step && !text.empty(); ++i) text = incremented(text);
  return text;
}

bool counts(std::string_view text) { return !text.empty() && is_digit(text.back()); }

// what stays fixed in counting: the text before the digits, and the number of digits if they begin with a zero
std::pair<std::string, std::size_t> family_of(const std::string& text) {
  std::size_t at = text.size();
  while (at > 0 && is_digit(text[at - 1])) --at;
  const std::size_t digits = text.size() - at;
  return {text.substr(0, at), digits > 1 && text[at] == '0' ? digits : 0};
}

// all texts from a to b, if counting reaches b; at most `most`, if b lies ahead
std::optional<text_list> between(const std::string& a, const std::string& b, int step, std::uint64_t most,
                                 bool& unknown) {
  if (!counts(a) || family_of(a).first != family_of(b).first) return std::nullopt;  // counting would take too long
  const auto walk = [&](int increment, std::uint64_t at_most) -> std::optional<text_list> {
    text_list passed;
    for (std::string at = a; std::pair(at.size(), at) <= std::pair(b.size(), b); at = after(at, increment)) {
      if (passed.size() == at_most) return passed;
      passed.push_back(at);
      if (at == b) return passed;
    }
    return std::nullopt;
  };
  if (!walk(1, std::numeric_limits<std::uint64_t>::max())) return std::nullopt;
  auto passed = walk(step, most);
  unknown = unknown || (!passed && family_of(b).second > 0);  // counting passes b into another family
  return passed;
}

bool backwards(const std::string& a, const std::string& b) {
  return counts(a) && counts(b) && family_of(a) == family_of(b) && std::pair(a.size(), a) > std::pair(b.size(), b);
}

// a part of the text with its position
struct part {
  std::string text;
  std::size_t at = 0;

  bool quoted() const { return !text.empty() && text.front() == '"'; }
  std::size_t end() const { return at + text.size(); }
  part sub(std::size_t from, std::size_t n = std::string::npos) const {
    part out{text.substr(from, n), at + from};
    while (!out.text.empty() && is_blank(out.text.front())) out.text.erase(0, 1), ++out.at;
    while (!out.text.empty() && is_blank(out.text.back())) out.text.pop_back();
    return out;
  }
};

// the position after the closing quote of the quoted text that begins at `at`
std::size_t past_quote(const std::string& text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '\n' && text[at] != '\r'; ++at)
    if (text[at] == '"') {
      if (at + 1 == text.size() || text[at + 1] != '"') return at + 1;
      ++at;
    }
  return std::string::npos;
}

// the common part of both slow dialects
struct slow {
  enum kind { named, not_expanded, too_many, fill, free, wrong };
  struct item {
    failure place;
    kind how;
    text_list serials;
    std::uint64_t n;
  };

  std::uint64_t quantity;
  int step;
  std::string start;
  std::set<std::string> taken;
  bool fill_ends;

  std::vector<item> items{};
  failures errors{};
  std::uint64_t room = 4 * quantity;
  int fill_at = -1;
  bool unknown = false;  // the text has something that is not compared

  void error(errc code, const part& where) {
    errors.push_back({code, static_cast<std::uint32_t>(where.at), static_cast<std::uint32_t>(where.text.size())});
  }
  void add(const part& where, kind how, text_list serials, std::uint64_t n) {
    items.push_back({{{}, static_cast<std::uint32_t>(where.at), static_cast<std::uint32_t>(where.text.size())},
                     how,
                     std::move(serials),
                     n});
  }

  std::optional<std::string> read(const part& operand) {
    if (!operand.quoted()) {
      if (operand.text.find('~') == std::string::npos) return operand.text;
      error(errc::not_a_group, operand);
      return std::nullopt;
    }
    const std::size_t end = past_quote(operand.text, 0);
    if (end != operand.text.size()) {
      error(errc::text_after_quote, operand.sub(end));
      return std::nullopt;
    }
    std::string out;
    for (std::size_t i = 1; i + 1 < end; ++i) {
      out += operand.text[i];
      if (operand.text[i] == '"') ++i;
    }
    out = part{out}.sub(0).text;
    if (!out.empty()) return out;
    error(errc::empty_text, operand);
    return std::nullopt;
  }

  void literal(const part& where) {
    if (const auto text = read(where)) add(where, named, {*text}, 1);
  }

  std::uint64_t most() const { return std::max<std::uint64_t>(std::min(quantity, room) + 1, 2); }

  void group(const part& where, text_list all) {
    const std::uint64_t n = all.size();
    add(where, n > quantity ? too_many : n > room ? not_expanded : named, std::move(all), n);
    room -= std::min(n, room);
  }

  void range(const part& where, const part& left, const part& right) {
    if (left.text.empty() || right.text.empty()) return error(errc::not_a_group, where);
    const auto a = read(left), b = read(right);
    if (!a || !b) return;
    if (backwards(*a, *b)) return error(errc::range_backwards, where);
    if (auto all = between(*a, *b, step, most(), unknown)) return group(where, *all);
    error(errc::not_a_group, where);
  }

  void plus(const part& where, const part& left, const part& right, bool underscores) {
    if (left.text.empty()) return error(errc::not_a_group, where);
    const bool tilde = left.text == "~";
    std::optional<std::string> from = "";
    if (!tilde) from = read(left);
    std::string digits;
    for (std::size_t i = 0; i < right.text.size(); ++i) {
      const char c = right.text[i];
      if (is_digit(c))
        digits += c;
      else if (!underscores || c != '_' || i == 0 || i + 1 == right.text.size() || right.text[i - 1] == '_')
        return error(errc::bad_count, right);
    }
    if (!from) return;
    if (right.text.empty()) {
      if (fill_at >= 0) return error(errc::second_fill, where);
      fill_at = static_cast<int>(items.size());
      return add(where, tilde ? free : fill, {*from}, 0);
    }
    const std::uint64_t further = std::stoull(digits);
    if (further >= quantity) return add(where, too_many, {}, further);
    if (tilde) return add(where, free, {}, further + 1);
    if (further >= room) return add(where, not_expanded, {}, further + 1);
    if (further > 0 && !counts(*from)) {
      room -= 1;
      return error(errc::no_counter, left);
    }
    text_list counted;
    for (std::string at = *from; counted.size() <= further; at = after(at, step)) counted.push_back(at);
    group(where, counted);
  }

  void named_twice() {
    std::set<std::string> seen;
    for (item& current : items) {
      if (current.how != named) continue;
      bool before = false;
      for (const std::string& text : current.serials) before = !seen.insert(text).second || before;
      if (before) refuse(errc::named_twice, current);
    }
  }

  void refuse(errc code, item& current) {
    current.how = wrong;
    current.place.code = code;
    errors.push_back(current.place);
  }

  expansion finish(std::string_view text, text_list& out) {
    named_twice();
    std::uint64_t sum = 0;
    bool exceeded = false;
    const auto fill_up = [&](item& current) {
      if (exceeded || sum >= quantity) return refuse(errc::no_room_to_fill, current);
      current.n = quantity - sum;
      sum = quantity;
    };
    for (std::size_t i = 0; i < items.size(); ++i) {
      item& current = items[i];
      if (static_cast<int>(i) == fill_at) {
        if (fill_ends) fill_up(current);
      } else if (current.how != wrong && !exceeded) {
        if (current.how == too_many || sum + current.n > quantity) {
          exceeded = true;
          refuse(errc::too_many_serials, current);
        } else {
          sum += current.n;
        }
      }
    }
    if (fill_at >= 0 && !fill_ends) fill_up(items[static_cast<std::size_t>(fill_at)]);
    if (errors.empty() && sum < quantity) error(errc::too_few_serials, part{std::string(text)}.sub(0));

    if (errors.empty() && fill_at >= 0 && items[static_cast<std::size_t>(fill_at)].how == fill) {
      item& current = items[static_cast<std::size_t>(fill_at)];
      current.how = named;
      if (current.n > 1 && !counts(current.serials.front())) {
        refuse(errc::no_counter, current);
      } else {
        while (current.serials.size() < current.n) current.serials.push_back(after(current.serials.back(), step));
        named_twice();
      }
    }
    if (errors.empty()) {
      std::set<std::string> not_free = taken;
      for (const item& current : items)
        if (current.how == named) not_free.insert(current.serials.begin(), current.serials.end());
      std::string at = start;
      for (item& current : items) {
        if (current.how == free) current.serials.clear();
        for (; current.how == free && current.serials.size() < current.n; at = after(at, step)) {
          if (at.empty()) {
            refuse(errc::no_counter, current);
            break;
          }
          if (not_free.count(at) == 0) current.serials.push_back(at);
        }
        if (!errors.empty()) break;
        out.insert(out.end(), current.serials.begin(), current.serials.end());
      }
    }
    expansion result;
    result.errors = errors;
    std::sort(result.errors.begin(), result.errors.end(), [](const failure& a, const failure& b) {
      return std::tuple(a.at, a.length, a.code) < std::tuple(b.at, b.length, b.code);
    });
    if (!result) out.clear();
    return result;
  }
};

// the end of the item that begins at `at`: the next separator outside of quotes. `open` is the position of an unclosed
// quote, or npos.
std::size_t item_end(const std::string& text, std::size_t at, std::string_view separators, std::size_t& open) {
  char before = '-';
  open = std::string::npos;
  while (at < text.size() && separators.find(text[at]) == separators.npos) {
    if (text[at] == '"' && (before == '-' || before == '+')) {
      before = '"';
      if (const std::size_t end = past_quote(text, at); end != std::string::npos) {
        at = end;
        continue;
      }
      open = at;
      return std::min(text.find_first_of("\r\n", at), text.size());
    }
    if (!is_blank(text[at])) before = text[at];
    ++at;
  }
  return at;
}

void slow_strict_item(slow& model, const part& item) {
  const std::string& text = item.text;
  std::size_t sign = 0;
  if (item.quoted()) {
    sign = past_quote(text, 0);
    while (sign < text.size() && is_blank(text[sign])) ++sign;
    if (sign == text.size() || (text[sign] != '+' && text[sign] != '-')) return model.literal(item);
  } else {
    for (; sign < text.size(); ++sign)
      if (text[sign] == '+' || (text[sign] == '-' && item.sub(sign + 1).quoted())) break;
  }
  if (sign < text.size()) {
    const part left = item.sub(0, sign), right = item.sub(sign + 1);
    return text[sign] == '+' ? model.plus(item, left, right, false) : model.range(item, left, right);
  }
  if (text == "~") return model.add(item, slow::free, {}, 1);
  if (text.find('~') != std::string::npos) return model.error(errc::not_a_group, item);
  std::vector<text_list> ranges;
  bool back = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '-') continue;
    const std::string a = item.sub(0, i).text, b = item.sub(i + 1).text;
    if (a.empty() || b.empty()) continue;
    back = back || backwards(a, b);
    if (const auto all = between(a, b, model.step, model.most(), model.unknown)) ranges.push_back(*all);
  }
  if (ranges.size() == 1) return model.group(item, ranges.front());
  if (ranges.size() > 1) return model.error(errc::ambiguous_hyphen, item);
  if (back) return model.error(errc::range_backwards, item);
  model.literal(item);
}

void slow_strict(slow& model, const std::string& text) {
  if (part{text}.sub(0).text.empty()) return model.error(errc::empty_text, {text});
  std::size_t gap = 0;
  bool any = false;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    std::size_t open = 0;
    const std::size_t end = item_end(text, at, ",;\r\n", open);
    const part item = part{text}.sub(at, end - at);
    if (open != std::string::npos)
      model.error(errc::unclosed_quote, {"\"", open});
    else if (!item.text.empty())
      slow_strict_item(model, item);
    any = any || !item.text.empty();
    at = end;
    if (at < text.size() && text[at] != ',' && text[at] != ';') continue;
    if (!any) model.error(errc::empty_item, {text.substr(gap, at - gap), gap});
    any = false;
    gap = at + 1;
  }
}

// a group of words: a single word, or operators between blanks with their operands
struct words {
  std::vector<part> parts;
  std::size_t open = std::string::npos;
  part whole(const std::string& text) const {
    return {text.substr(parts.front().at, parts.back().end() - parts.front().at), parts.front().at};
  }
};

void slow_inventree(slow& model, const std::string& text) {
  std::vector<words> groups;
  bool comma = true, waits = false;
  for (std::size_t at = 0; at < text.size();) {
    if (is_blank(text[at]) || text[at] == ',') {
      comma = text[at++] == ',' || comma;
      continue;
    }
    std::size_t open = 0;
    const std::size_t end = item_end(text, at, " \t\r\n,", open);
    const part word{text.substr(at, end - at), at};
    const bool alone = word.text == "+" || word.text == "-";
    if (comma || !(alone || waits)) groups.push_back({});
    waits = alone && !comma;
    comma = false;
    groups.back().parts.push_back(word);
    groups.back().open = std::min(groups.back().open, open);
    at = end;
  }
  if (groups.empty()) model.error(errc::empty_text, {text});

  struct meaning {
    part item, left, right;
    char sign = 0;
    bool broken = false;
  };
  std::vector<meaning> meanings;
  for (const words& group : groups) {
    meaning m{group.whole(text), {}, {}};
    if (group.parts.size() > 1) {
      m.left = group.parts[0];
      m.sign = group.parts[1].text[0];
      m.right = group.parts.size() > 2 ? group.parts[2] : part{"", m.item.end()};
      const auto operand = [](const part& side) {
        return side.quoted() || side.text.find_first_of("+-") == std::string::npos;
      };
      model.unknown = model.unknown || (group.parts.size() > 3 && m.right.quoted());
      m.broken = group.parts.size() > 3 || group.parts[1].text.size() > 1 || !operand(m.left) || !operand(m.right);
    } else if (group.open == std::string::npos) {
      const part& word = group.parts[0];
      std::size_t sign = word.quoted() ? past_quote(word.text, 0) : word.text.find('-');
      if (!word.quoted() && sign == std::string::npos) sign = word.text.find('+');
      if (sign < word.text.size()) {
        m.left = word.sub(0, sign);
        m.sign = word.text[sign];
        m.right = word.sub(sign + 1);
        if (m.sign == '-' && !word.quoted() && !m.right.quoted() && m.right.text.find('-') != std::string::npos)
          m.sign = 0;  // two hyphens
      }
    }
    meanings.push_back(m);
  }

  bool as_literals = groups.size() == model.quantity;
  for (std::size_t i = 0; i < groups.size() && as_literals; ++i) {
    const meaning& m = meanings[i];
    slow probe{m.sign == '+' ? 1000000 : model.quantity, model.step, {}, {}, true};
    if (m.broken || groups[i].open != std::string::npos) continue;
    if (m.sign == '+') probe.plus(m.item, m.left, m.right, true);
    if (m.sign == '-' && m.left.text != m.right.text) probe.range(m.item, m.left, m.right);
    model.unknown = model.unknown || probe.unknown;
    if (!probe.errors.empty() || probe.items.empty()) continue;
    const slow::item& item = probe.items.front();
    const bool can_count = m.left.text == "~" || m.sign == '-' || counts(item.serials.front());
    as_literals = !can_count || (m.sign == '-' && item.serials.size() == 1);
  }

  for (std::size_t i = 0; i < groups.size(); ++i) {
    const meaning& m = meanings[i];
    const bool joined = groups[i].parts.size() > 1, quotes = m.left.quoted() || m.right.quoted();
    if (groups[i].open != std::string::npos)
      model.error(errc::unclosed_quote, {"\"", groups[i].open});
    else if (m.broken)
      model.error(errc::not_a_group, m.item);
    else if (m.item.text == "~")
      model.add(m.item, slow::free, {}, 1);
    else if (m.sign == 0 || (as_literals && !joined && !quotes))
      model.literal(m.item);
    else if (m.sign == '+')
      model.plus(m.item, m.left, m.right, true);
    else if (m.sign != '-')
      model.literal(m.item);
    else if (m.left.text == m.right.text)
      model.error(errc::not_a_group, m.item);
    else
      model.range(m.item, m.left, m.right);
  }
}

// ---- random texts ---------------------------------------------------------------------------

template <class T>
T one_of(std::vector<T> choices) {
  return *rc::gen::elementOf(std::move(choices));
}

std::string random_serial() {
  const int n = *rc::gen::inRange(0, 25);
  switch (*rc::gen::inRange(0, 12)) {
    case 0: return "A" + std::to_string(n);
    case 1: return "SN-" + std::to_string(n);
    case 2: return "0" + std::to_string(n);
    case 3: return "00" + std::to_string(n);
    case 4: return "9" + std::to_string(n);
    case 5:
      return one_of<std::string>({"Q", "A-B", "", "\"1\"", "\"SN-5\"", "\"a,\"\"b7\"", "\"~\"", "1-2-3", "9-9-10"});
    default: return std::to_string(n);
  }
}

std::string random_item() {
  const auto operation = [](std::string sign) {
    return one_of<std::string>({sign, sign, ' ' + sign + ' ', sign + ' '});
  };
  switch (*rc::gen::inRange(0, 12)) {
    case 0:
    case 1: {
      const std::string begin = random_serial();
      std::string end = begin;
      for (int i = *rc::gen::inRange(0, 6); i > 0 && counts(end); --i) end = incremented(end);
      return begin + operation("-") + end;
    }
    case 2: return random_serial() + operation("-") + random_serial();
    case 3: return random_serial() + operation("+") + std::to_string(*rc::gen::inRange(0, 7));
    case 4: return random_serial() + one_of<std::string>({"+", " +"});
    case 5: return "~" + one_of<std::string>({"", "", "+", " + 2", "+0", "+1_0"});
    case 6: return "~";
    default: return random_serial();
  }
}

std::string random_text() {
  std::string text;
  for (int n = *rc::gen::inRange(1, 7); n > 0; --n) {
    text += random_item();
    if (n > 1) text += one_of<std::string>({",", ", ", " ", ";", "\n", ",\n", " , "});
  }
  const std::string odd = "019A-+~\"\",; \n_";
  for (int n = *rc::gen::inRange(-6, 4); n > 0; --n) {
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
    const char c = odd[*rc::gen::inRange<std::size_t>(0, odd.size())];
    if (*rc::gen::inRange(0, 2) == 0 || at == text.size())
      text.insert(at, 1, c);
    else
      text[at] = c;
  }
  for (std::size_t i = 0, digits = 0; i < text.size(); ++i) {  // long counters would take the model too long
    digits = is_digit(text[i]) || text[i] == '_' ? digits + 1 : 0;
    if (digits > 4) text[i] = ',';
  }
  return text;
}

struct tally {
  int names = 0, refuses = 0;
};

template <int Step, class Dialect, class Slow>
void compare(const Dialect& dialect, const Slow& read_slowly, bool fill_ends, tally& seen) {
  const std::string text = random_text();
  const std::string start = one_of<std::string>({"1", "5", "098", "A9", "SN-3", "Q"});
  std::set<std::string> taken;
  for (int n = *rc::gen::inRange(0, 8); n > 0; --n) {
    const std::string taken_text =
        one_of<std::string>({"", "", "", "A", "SN-", "0"}) + std::to_string(*rc::gen::inRange(1, 20));
    taken.insert(taken_text);
  }

  slow sizes{1000, Step, start, taken,
             fill_ends};  // counts the serial numbers first, to choose a quantity that often fits
  read_slowly(sizes, text);
  std::uint64_t total = 0;
  for (const auto& item : sizes.items) total += item.n;
  const std::uint64_t quantity = *rc::gen::inRange(0, 4) > 0
                                     ? total + (sizes.fill_at >= 0 ? *rc::gen::inRange(0U, 6U) : 0U)
                                     : *rc::gen::inRange(0U, 25U);
  slow model{quantity, Step, start, taken, fill_ends};
  read_slowly(model, text);
  if (model.unknown) return;
  text_list expected;
  const expansion expected_result = model.finish(text, expected);

  constexpr numbering<text_serial<>, step<std::uint64_t{Step}>> numbers;
  const taken_source source(numbers, start, taken, *rc::gen::element<std::uint64_t>(1, 3, 1000));
  const expansion expanded = dialect.expand(text, quantity, numbers, source);
  RC_LOG() << '\'' << text << "' with " << quantity << " from " << start << "\ngot:\n"
           << explained(expanded.errors, text) << "expected:\n"
           << explained(expected_result.errors, text);
  RC_ASSERT(expanded.errors == expected_result.errors);
  RC_ASSERT(spelled(numbers, expanded.serials) == expected);
  ++(expanded ? seen.names : seen.refuses);
}

template <int Step, class Dialect, class Slow>
void compare_many(const Dialect& dialect, const Slow& read_slowly, bool fill_ends) {
  tally seen;
  REQUIRE(rc::check([&] {
    for (int i = 0; i < 20; ++i) compare<Step>(dialect, read_slowly, fill_ends, seen);
  }));
  CHECK(seen.names > 0);
  CHECK(seen.refuses > 0);
}

}  // namespace

TEST_CASE("strict: expands like the slow model", "[expression]") {
  compare_many<1>(strict_expression{}, slow_strict, false);
  compare_many<2>(strict_expression{}, slow_strict, false);
}

TEST_CASE("inventree: expands like the slow model", "[expression]") {
  compare_many<1>(inventree_expression{}, slow_inventree, true);
  compare_many<2>(inventree_expression{}, slow_inventree, true);
}
