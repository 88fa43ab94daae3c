// Makes the data of each shape.
#include <algorithm>
#include <array>
#include <boost/container_hash/hash.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <numeric>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tallymark/error.hpp>
#include <tallymark/number/text.hpp>

#include "shapes.hpp"

namespace bench {

void shape_rows::add(const shape_row& row) {
  places_.push_back({static_cast<std::uint32_t>(bytes_.size()), row.part_number,
                     static_cast<std::uint16_t>(row.tree.size()), static_cast<std::uint16_t>(row.part.size()),
                     static_cast<std::uint16_t>(row.text.size())});
  bytes_.insert(bytes_.end(), row.part.begin(), row.part.end());
  bytes_.insert(bytes_.end(), row.text.begin(), row.text.end());
}

namespace {

constexpr std::size_t most_file_bytes = std::numeric_limits<std::uint32_t>::max();

std::size_t arriving_count() { return std::max<std::size_t>(size() / 5, 1'000); }
std::size_t asked_count() { return arriving_count() / 2; }

// ---- random texts ---------------------------------------------------------------------------------------------------

class dice {
 public:
  explicit dice(std::string_view name) : random_(boost::hash<std::string_view>()(name)) {}

  std::uint64_t below(std::uint64_t limit) {
    return std::uniform_int_distribution<std::uint64_t>(0, limit - 1)(random_);
  }
  std::uint64_t between(std::uint64_t least, std::uint64_t most) { return least + below(most - least + 1); }
  bool percent(std::uint64_t chance) { return below(100) < chance; }

  void append(std::string& out, std::string_view symbols, std::size_t length) {
    for (; length > 0; --length) out += symbols[below(symbols.size())];
  }
  template <class T>
  void shuffle(std::vector<T>& values) {
    std::shuffle(values.begin(), values.end(), random_);
  }

 private:
  std::mt19937_64 random_;
};

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view irregular_symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
constexpr std::string_view hexadecimal = "0123456789abcdef";

// with zeros up to this width
void append_number(std::string& out, std::uint64_t number, std::size_t width = 0) {
  const std::string digits = std::to_string(number);
  if (digits.size() < width) out.append(width - digits.size(), '0');
  out += digits;
}

// A row that is being made; its strings are used again for the next one.
struct draft {
  std::string part{}, text{};
  std::size_t tree = 0;  // the length of its name
  std::uint32_t part_number = 0;

  [[nodiscard]] shape_row row() const { return {std::string_view(part).substr(0, tree), part, text, part_number}; }
};

draft draft_of(const shape_row& row) {
  return {std::string(row.part), std::string(row.text), row.tree.size(), row.part_number};
}

// ---- claims and questions -------------------------------------------------------------------------------------------

// Puts the data of a shape together. Serial numbers are recognized by a hash of 64 bits: should two have the same, the
// second is left out.
class maker {
 public:
  explicit maker(std::string_view name) : random(name) {}

  dice random;
  shape_data out{};

  // Adds a claim, unless this serial number was claimed before.
  bool claim(const shape_row& row) {
    if (!known_.insert(key(row)).second) return false;
    if (!out.steps.empty()) out.steps.push_back(shape_step::claim);
    out.arriving.add(row);
    ++out.claims;
    return true;
  }
  // Adds a step that is no claim, for the serial number of an earlier row.
  void change(shape_step step, std::size_t of) {
    if (out.steps.empty()) out.steps.resize(out.arriving.count());
    out.steps.push_back(step);
    if (step == shape_step::retire) retirements_.insert(static_cast<std::uint32_t>(of));
    const draft copy = draft_of(out.arriving[of]);  // its memory may move
    out.arriving.add(copy.row());
  }

  // Makes claims until all are made: `write(draft)` writes the next one.
  template <class Write>
  void claim_all(Write write) {
    for (draft next; out.arriving.count() < arriving_count();) {
      next.text.clear();
      write(next);
      claim(next.row());
    }
  }

  [[nodiscard]] std::vector<std::uint32_t> all_rows() const {
    std::vector<std::uint32_t> rows(out.arriving.count());
    std::iota(rows.begin(), rows.end(), 0);
    return rows;
  }
  [[nodiscard]] bool is_claimed(const shape_row& row) const { return known_.contains(key(row)); }

  // Half of the questions are about rows that are taken at the end. The others are about serial numbers that never arrive,
  // which `miss(draft)` proposes, and about those that are `gone`, since they were released.
  template <class Miss>
  shape_data ask(std::vector<std::uint32_t> taken, const std::vector<std::uint32_t>& gone, Miss miss) {
    const std::size_t hits = asked_count() / 2, misses = asked_count() - hits;
    shape_rows others;
    for (std::size_t i = 0; i < misses / 2 && !gone.empty(); ++i)
      others.add(out.arriving[gone[random.below(gone.size())]]);
    for (draft next; others.count() < misses;) {
      next.text.clear();
      miss(next);
      if (!is_claimed(next.row())) others.add(next.row());
    }
    out.taken = taken.size();
    random.shuffle(taken);
    taken.resize(hits);
    mix(taken, others);
    return std::move(out);
  }
  // The same where all rows are claims.
  template <class Miss>
  shape_data ask(Miss miss) {
    return ask(all_rows(), {}, miss);
  }

  // In one case of ten, the text of a claim, which mostly is one of another part.
  void take_text_of_other(draft& next) {
    if (random.percent(10)) next.text = out.arriving[random.below(out.arriving.count())].text;
  }

  // Asks for all of these in random order.
  void mix(const std::vector<std::uint32_t>& hits, const shape_rows& others) {
    std::vector<std::uint32_t> order(hits.size() + others.count());
    std::iota(order.begin(), order.end(), 0);
    random.shuffle(order);
    for (const std::uint32_t i : order) {
      if (i < hits.size()) {
        out.asked.add(out.arriving[hits[i]]);
        out.expected.add(hits[i] + (retirements_.contains(hits[i]) ? retired : 0));
      } else {
        out.asked.add(others[i - hits.size()]);
      }
    }
  }

 private:
  // of the tree, which is the part itself where there are no variants
  [[nodiscard]] static std::size_t key(const shape_row& row) {
    std::size_t seed = boost::hash<std::string_view>()(row.tree);
    boost::hash_combine(seed, row.text);
    return seed;
  }

  boost::unordered_flat_set<std::size_t> known_{};
  boost::unordered_flat_set<std::uint32_t> retirements_{};  // rows
};

// ---- without parts --------------------------------------------------------------------------------------------------

template <std::size_t Length>
shape_data irregular() {
  maker make("irregular_" + std::to_string(Length));
  const auto write = [&](draft& next) { make.random.append(next.text, irregular_symbols, Length); };
  make.claim_all(write);
  return make.ask(write);
}

shape_data imei() {
  maker make("imei");
  constexpr std::uint64_t first = 100'000'000'000'000'000;
  const auto write = [&](draft& next) { append_number(next.text, first + make.random.below(9 * first)); };
  make.claim_all(write);
  return make.ask(write);
}

shape_data uuid() {
  maker make("uuid");
  const auto write = [&](draft& next) {
    make.random.append(next.text, hexadecimal, 8);
    make.random.append(next.text += '-', hexadecimal, 4);
    make.random.append(next.text += "-4", hexadecimal, 3);
    make.random.append(next.text += '-', "89ab", 1);
    make.random.append(next.text, hexadecimal, 3);
    make.random.append(next.text += '-', hexadecimal, 12);
  };
  make.claim_all(write);
  return make.ask(write);
}

// 64 lines print in turn. 2 % of the numbers are left out, and 1 % arrive late, by up to 50 turns.
shape_data factory() {
  constexpr std::uint64_t lines = 64;
  maker make("factory");
  struct label {
    std::uint64_t when;  // a turn of a line
    std::uint64_t number;
  };
  std::vector<label> labels;
  for (std::uint64_t turn = 0, extra = 0; labels.size() < arriving_count() + 50 * lines; ++turn, extra = 0)
    for (std::uint64_t line = 0; line < lines; ++line) {
      if (make.random.percent(2)) continue;
      if (make.random.percent(1)) extra = make.random.between(1, 50);
      labels.push_back({(turn + std::exchange(extra, 0)) * lines + line, turn + 1});
    }
  std::sort(labels.begin(), labels.end(),
            [](const label& a, const label& b) { return std::pair(a.when, a.number) < std::pair(b.when, b.number); });

  const auto write = [](draft& next, std::uint64_t line, std::uint64_t number) {
    append_number(next.text += 'L', line, 2);
    append_number(next.text += '-', number, 8);
  };
  std::size_t printed = 0;
  make.claim_all([&](draft& next) {
    const label& arriving = labels[printed++];
    write(next, arriving.when % lines, arriving.number);
  });
  const std::uint64_t turns = arriving_count() / lines + 1;
  return make.ask([&](draft& next) { write(next, make.random.below(lines), 1 + make.random.below(turns * 3 / 2)); });
}

// 16 scanners in turn read the labels of boxes: 3 to 50 consecutive numbers of one of 400 suppliers.
shape_data scanned() {
  maker make("scanned");
  struct supplier {
    std::string prefix{};
    std::size_t width = 0;
  };
  struct box {
    std::size_t of = 0;
    std::uint64_t first = 0, count = 0;
  };
  constexpr std::uint64_t greatest = 1'000'000;
  std::vector<supplier> suppliers(400);
  for (supplier& each : suppliers) {
    make.random.append(each.prefix, letters, make.random.between(2, 8));
    if (const std::size_t width = make.random.between(4, 9); width > 5) each.width = width;  // the others have no zeros
  }
  const auto write = [&](draft& next, std::size_t of, std::uint64_t number) {
    append_number(next.text += suppliers[of].prefix, number, suppliers[of].width);
  };

  struct scanner {
    box current{};
    std::uint64_t read = 0;
  };
  std::array<scanner, 16> scanners;
  std::vector<box> boxes;
  std::size_t turn = 0;
  make.claim_all([&](draft& next) {
    scanner& reader = scanners[turn++ % scanners.size()];
    if (reader.read == reader.current.count) {
      reader = {{make.random.below(suppliers.size()), make.random.between(1, greatest), make.random.between(3, 50)}};
      boxes.push_back(reader.current);
    }
    write(next, reader.current.of, reader.current.first + reader.read++);
  });
  // from shortly before a box to shortly after it
  return make.ask([&](draft& next) {
    const box& near = boxes[make.random.below(boxes.size())];
    const std::uint64_t number = near.first + make.random.below(near.count + 20);
    write(next, near.of, number > 10 ? number - 10 : number + near.count);
  });
}

// Random texts and runs of a hundred, half and half. Of a thousand steps, 800 are claims, then come 100 releases and 100
// retirements of what is claimed at that time.
shape_data churn() {
  maker make("churn");
  constexpr std::uint64_t run_length = 100, greatest = 500'000;
  struct numbered {
    std::uint64_t prefix, number;
  };
  numbered run{};
  std::uint64_t left = 0;
  const auto write_number = [](draft& next, numbered of) {
    append_number(next.text += 'R', of.prefix, 2);
    append_number(next.text += '-', of.number, 8);
  };
  const auto write = [&](draft& next) {
    if (make.random.percent(50)) return make.random.append(next.text, irregular_symbols, 12);
    if (left == 0) run = {make.random.below(20), make.random.between(1, greatest)}, left = run_length;
    write_number(next, run);
    ++run.number, --left;
  };

  std::vector<std::uint32_t> claimed, retired_rows, gone;
  const auto take_out = [&] {
    std::swap(claimed[make.random.below(claimed.size())], claimed.back());
    const std::uint32_t row = claimed.back();
    claimed.pop_back();
    return row;
  };
  for (draft next; make.out.arriving.count() < arriving_count();) {
    const std::size_t i = make.out.arriving.count();
    if (const std::size_t step = i % 1'000; step >= 900) {
      make.change(shape_step::retire, retired_rows.emplace_back(take_out()));
    } else if (step >= 800) {
      make.change(shape_step::release, gone.emplace_back(take_out()));
    } else {
      next.text.clear();
      write(next);
      if (make.claim(next.row())) claimed.push_back(static_cast<std::uint32_t>(i));
    }
  }
  claimed.insert(claimed.end(), retired_rows.begin(), retired_rows.end());
  return make.ask(std::move(claimed), gone, [&](draft& next) {
    if (make.random.percent(50)) return make.random.append(next.text, irregular_symbols, 12);
    write_number(next, {make.random.below(20), make.random.between(1, greatest)});
  });
}

// ---- with parts -----------------------------------------------------------------------------------------------------

// For each row that arrives, its part, in random order: each part has the same number of serial numbers.
std::vector<std::uint32_t> shuffled_parts(dice& random, std::size_t parts) {
  std::vector<std::uint32_t> order(arriving_count());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i % parts);
  random.shuffle(order);
  return order;
}

// a part without variants
void write_part(draft& next, std::uint64_t part) {
  append_number(next.part = "P-", part, 7);
  next.tree = next.part.size();
  next.part_number = static_cast<std::uint32_t>(part);
}

template <std::size_t SerialsOfPart>
shape_data irregular_parts() {
  maker make("parts with " + std::to_string(SerialsOfPart));
  const std::size_t parts = std::max<std::size_t>(arriving_count() / SerialsOfPart, 1);
  const auto part_of = shuffled_parts(make.random, parts);
  const auto write = [&](draft& next, std::uint64_t part) {
    write_part(next, part);
    make.random.append(next.text, irregular_symbols, 12);
  };
  make.claim_all([&](draft& next) { write(next, part_of[make.out.arriving.count()]); });
  return make.ask([&](draft& next) {
    write(next, make.random.below(parts));
    make.take_text_of_other(next);
  });
}

// Trees of a root and its variants, four parts on average.
shape_data part_trees() {
  maker make("part_trees");
  const std::size_t parts = arriving_count() / 10;
  std::vector<std::uint32_t> root_of(parts);
  for (std::size_t part = 0; part < parts; ++part)
    root_of[part] = part == 0 || make.random.percent(25) ? static_cast<std::uint32_t>(part) : root_of[part - 1];
  const auto part_of = shuffled_parts(make.random, parts);
  const auto write = [&](draft& next, std::uint32_t part) {
    write_part(next, root_of[part]);
    if (part != root_of[part]) append_number(next.part += '/', part - root_of[part]);
    next.part_number = part;
    make.random.append(next.text, irregular_symbols, 12);
  };
  make.claim_all([&](draft& next) { write(next, part_of[make.out.arriving.count()]); });
  return make.ask([&](draft& next) {
    write(next, static_cast<std::uint32_t>(make.random.below(parts)));
    make.take_text_of_other(next);
  });
}

// Each part counts up from a number of its own; every fifth step leaves one to three numbers out.
shape_data numbered_parts() {
  maker make("numbered_parts");
  const std::size_t parts = arriving_count() / 10;
  std::vector<std::uint64_t> first(parts);
  for (std::uint64_t& number : first) number = make.random.between(1'000, 999'999);
  std::vector<std::uint64_t> number = first;
  const auto part_of = shuffled_parts(make.random, parts);
  const auto write = [&](draft& next, std::uint64_t part, std::uint64_t at) {
    write_part(next, part);
    append_number(next.text = "SN-", at);
  };
  make.claim_all([&](draft& next) {
    const std::uint32_t part = part_of[make.out.arriving.count()];
    write(next, part, number[part]);
    number[part] += make.random.percent(20) ? make.random.between(2, 4) : 1;
  });
  return make.ask([&](draft& next) {
    const std::uint64_t part = make.random.below(parts);
    write(next, part, first[part] + make.random.below(20));
  });
}

// ---- a file ---------------------------------------------------------------------------------------------------------

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  std::fprintf(stderr, "TALLYMARK_BENCH_FILE: '%s' %s\n", path.c_str(), why.c_str());
  std::_Exit(1);
}

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text;
  std::array<char, 1 << 16> block;
  while (file && text.size() <= most_file_bytes) {
    file.read(block.data(), block.size());
    text.append(block.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (!file.is_open() || file.bad()) refuse(path, "cannot be read");
  if (text.size() > most_file_bytes) refuse(path, "is larger than 4 GB");
  return text;
}

// Calls visit(number of the line, line) for each line that is not empty.
template <class Visit>
void for_each_line(std::string_view text, Visit visit) {
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) visit(number, line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// The same serial number with another last character, if there is one that is not in the file.
bool change_last(const maker& make, draft& of) {
  constexpr std::string_view others = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  for (const char last : others) {
    of.text.back() = last;
    if (!make.is_claimed(of.row())) return true;
  }
  return false;
}

// A line: a serial number, or the part and a tab before it. Blanks at their ends do not count.
shape_row row_of(std::string_view line) {
  const std::size_t tab = std::min(line.find('\t'), line.size());
  const std::string_view part = tallymark::trimmed(tab < line.size() ? line.substr(0, tab) : std::string_view());
  return {part, part, tallymark::trimmed(tab < line.size() ? line.substr(tab + 1) : line)};
}

// Claims each line once.
void claim_lines(maker& make, const std::string& path) {
  const std::string text = contents(path);
  boost::unordered_flat_map<std::string_view, std::uint32_t> parts;
  for_each_line(text, [&](std::size_t number, std::string_view line) {
    shape_row row = row_of(line);
    const auto valid = tallymark::validate_text(row.text);
    if (!valid || row.part.size() > tallymark::max_text)
      refuse(path, "has no serial number that can be read in line " + std::to_string(number) +
                       (valid ? ": the part is too long" : ": " + std::string(message(valid.error().code))));
    row.part_number = parts.try_emplace(row.part, static_cast<std::uint32_t>(parts.size())).first->second;
    make.claim(row);
  });
  if (make.out.arriving.count() == 0) refuse(path, "has no serial number");
}

// Half of the lines are looked up, and as many texts that are not in the file.
shape_data from_file(const std::string& path) {
  maker make(path);
  claim_lines(make, path);
  std::vector<std::uint32_t> hits = make.all_rows();
  make.out.taken = hits.size();
  make.random.shuffle(hits);
  hits.resize((hits.size() + 1) / 2);
  shape_rows misses;
  for (const std::uint32_t i : hits)
    if (draft other = draft_of(make.out.arriving[i]); change_last(make, other)) misses.add(other.row());
  make.mix(hits, misses);
  return std::move(make.out);
}

shape file_shape(const std::string& path) {
  shape file{"file", shape_scope::all_parts, 0, 0, {}, std::make_shared<const shape_data>(from_file(path))};
  file.arriving = file.made->arriving.count();
  file.asked = file.made->asked.count();
  for (std::size_t i = 0; i < file.arriving; ++i)
    if (!file.made->arriving[i].part.empty()) file.scope = shape_scope::part;
  return file;
}

std::vector<shape> all_shapes() {
  std::vector<shape> out;
  const auto add = [&](const char* name, shape_scope scope, shape_data (*make)()) {
    out.push_back({name, scope, arriving_count(), asked_count(), make});
  };
  add("irregular_8", shape_scope::all_parts, irregular<8>);
  add("irregular_12", shape_scope::all_parts, irregular<12>);
  add("irregular_20", shape_scope::all_parts, irregular<20>);
  add("many_parts", shape_scope::part, irregular_parts<10>);
  add("fewer_parts", shape_scope::part, irregular_parts<100>);
  add("part_trees", shape_scope::part_tree, part_trees);
  add("numbered_parts", shape_scope::part, numbered_parts);
  add("factory", shape_scope::all_parts, factory);
  add("scanned", shape_scope::all_parts, scanned);
  add("churn", shape_scope::all_parts, churn);
  add("imei", shape_scope::all_parts, imei);
  add("uuid", shape_scope::all_parts, uuid);
  if (const char* path = std::getenv("TALLYMARK_BENCH_FILE"); path && *path) out.push_back(file_shape(path));
  return out;
}

}  // namespace

std::vector<shape>& shapes() {
  static std::vector<shape> all = all_shapes();
  return all;
}

}  // namespace bench
