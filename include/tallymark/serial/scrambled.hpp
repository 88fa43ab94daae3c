// Unguessable serial numbers: a keyed permutation between ordinal and text.
#pragma once

#include <tallymark/config.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <tallymark/error.hpp>
#include <tallymark/number/layout.hpp>
#include <tallymark/number/serial_number.hpp>
#include <tallymark/policy/name.hpp>
#include <tallymark/policy/slots.hpp>
#include <tallymark/policy/traits.hpp>
#include <tallymark/serial/feistel.hpp>
#include <tallymark/serial/permutation.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/secret_key.hpp>

namespace tallymark {

/// How many serial numbers will be issued under one key, over the whole life of the items that carry them.
struct issue_volume {
  std::uint64_t serials = 0;  ///< 0: not stated, so the size of the base is not checked
};

/// The least number of texts for each issued serial number, so that a guess is right with a probability of at most 1/10,000.
/// Regulation (EU) 2016/161, Article 4(c).
inline constexpr std::uint64_t texts_for_each_issued = 10'000;

/// The least width of a text of `symbols` different symbols for this volume: symbols^width >= 10,000 * volume.
/// O(width).
[[nodiscard]] constexpr unsigned width_for(unsigned symbols, issue_volume volume) {
  unsigned width = 1;
  // the least power that is not less than the product, without computing that: it may exceed 64 bits
  for (std::uint64_t texts = symbols; texts / texts_for_each_issued < volume.serials; ++width) {
    if (symbols < 2 || texts > max_ordinal / symbols) return width + 1;
    texts *= symbols;
  }
  return width;
}

namespace detail {

// A base that can be scrambled: one family, and no state.
template <class Base>
concept scrambled_base =
    ordinal_serial_policy<Base> && serial_policy<Base> && std::is_empty_v<Base> && std::default_initializable<Base>;

template <scrambled_base Base>
constexpr std::optional<serial_layout> layout_of = serial_traits<Base>::layout(Base{}, family{});

// The number of symbols of every text; 0 if it differs.
template <scrambled_base Base>
constexpr unsigned symbols_of() {
  if constexpr (!layout_of<Base>)
    return 0;
  else {
    const unsigned least = layout_of<Base>->counter_length(0);
    return least == layout_of<Base>->counter_length(serial_traits<Base>::last(Base{}, {})) ? least : 0;
  }
}

template <scrambled_base Base>
constexpr permutation_domain domain_of() {
  const std::uint64_t last = std::max<std::uint64_t>(serial_traits<Base>::last(Base{}, {}), 1);
  if constexpr (symbols_of<Base>() > 0)
    if (layout_of<Base>->last_of(symbols_of<Base>()) == last)
      return {last, static_cast<unsigned>(layout_of<Base>->symbols.size()), symbols_of<Base>()};
  return {last, 0, 0};
}

/// Whether `Width` symbols are enough where `Needed` are needed: a concept, so that a compiler shows both numbers.
template <unsigned Width, unsigned Needed>
concept wide_enough = Width >= Needed;

template <class Base, class Permutation, issue_volume Volume>
consteval bool assert_scrambled() {
  static_assert(scrambled_base<Base>,
                "tallymark::scrambled_serial: the base is not a serial policy of one family without values of its own. "
                "Write one whose "
                "serial numbers are ordinals, such as alphabet_serial or prefixed_serial");
  static_assert(permutation_policy<Permutation>,
                "tallymark::scrambled_serial: the second argument is not a permutation. Write tallymark::feistel or "
                "tallymark::ff1");
  if constexpr (scrambled_base<Base>) {
    static_assert(serial_traits<Base>::last(Base{}, {}) > 0,
                  "tallymark::scrambled_serial: the base has a single text. Write one with a greater width");
    constexpr permutation_domain domain = domain_of<Base>();
    if constexpr (domain.width > 0)
      static_assert(
          wide_enough<domain.width, width_for(domain.radix, Volume)>,
          "tallymark::scrambled_serial: fewer than 10,000 texts for each serial number that will be issued. Write "
          "a base of as many symbols as tallymark::width_for(symbols, volume) returns, which is the second number "
          "of wide_enough");
    else
      static_assert(
          domain.last / texts_for_each_issued >= Volume.serials,
          "tallymark::scrambled_serial: fewer than 10,000 texts for each serial number that will be issued. Write "
          "a base with a greater last ordinal");
  }
  return true;
}

}  // namespace detail

/// Serial policy: the texts of `Base`, a policy of one family, in a secret order. The text of an ordinal is Base's text
/// of the ordinal to which a keyed permutation maps it, so issued texts look random although they are counted, claimed
/// and stored in runs. The permutation covers all ordinals of Base, so every text that Base reads is valid here. With a
/// Volume, a Base with fewer than 10,000 texts for each serial number does not compile.
template <class Base, class Permutation = feistel, issue_volume Volume = issue_volume{}>
class scrambled_serial {
  static_assert(detail::assert_scrambled<Base, Permutation, Volume>());

  // placeholders, so that one mistake gives one error
  using policy = std::conditional_t<detail::scrambled_base<Base>, Base, prefixed_serial<"", 6>>;
  using order = std::conditional_t<permutation_policy<Permutation>, Permutation, feistel>;
  using traits = serial_traits<policy>;
  static constexpr permutation_domain domain = detail::domain_of<policy>();
  static constexpr unsigned symbols = detail::symbols_of<policy>();
  static constexpr policy base{};

 public:
  using policy_slot = serial_slot;
  static constexpr bool parses_within_last = true;
  static constexpr bool normalises = traits::normalises;
  static constexpr std::size_t max_length = traits::max_length;

  /// With this key. The same key with another tweak, which is not secret, gives another order. There is no default key.
  constexpr explicit scrambled_serial(const secret_key& key, std::string_view tweak = {}) : order_(key, tweak) {}

  /// Reads as Base does and inverts the permutation. Errors: those of Base; too_large. O(what Base does).
  [[nodiscard]] constexpr result<std::uint64_t> parse(std::string_view text) const {
    const auto parsed = base.parse(text);
    if (!parsed) return parsed;
    if constexpr (!traits::parses_within_last)
      if (*parsed > domain.last) return fail(errc::too_large, 0, text.size());
    return order_.invert(*parsed);
  }

  /// Appends Base's text of the permuted ordinal. Precondition: ordinal <= last(). O(what Base does).
  constexpr void format(std::string& out, std::uint64_t ordinal) const { base.format(out, order_.permute(ordinal)); }

  /// The ordinal with which Base begins.
  [[nodiscard]] constexpr std::uint64_t first() const { return (*traits::first(base)).ordinal; }

  /// The greatest ordinal of Base.
  [[nodiscard]] static constexpr std::uint64_t last() { return domain.last; }

  /// Whether the rules of Base accept the text.
  [[nodiscard]] constexpr bool accepts(const serial_number& serial) const
    requires traits::has_rules
  {
    return traits::accepts(base, {{}, order_.permute(serial.ordinal)});
  }

  /// The bytes of every text; 0 if they differ.
  [[nodiscard]] constexpr std::size_t text_length(const family& of) const {
    if constexpr (symbols > 0)
      return detail::layout_of<policy>->length(symbols);
    else if constexpr (requires {
                         { base.text_length(of) } -> std::convertible_to<std::size_t>;
                       })
      return base.text_length(of);
    else
      return 0;
  }

  /// Writes the texts of `count` ordinals, each followed by the separator. Precondition: text_length is not 0.
  /// O(bytes).
  constexpr void write(char* out, const family& of, std::uint64_t first, std::uint64_t count,
                       std::string_view separator) const {
    constexpr std::size_t most = 512;
    std::array<std::uint64_t, most> places;
    for (std::uint64_t written = 0; written < count;) {
      const auto some = static_cast<std::size_t>(std::min<std::uint64_t>(most, count - written));
      order_.permute(first + written, std::span(places.data(), some));
      for (std::size_t i = 0; i < some; ++i) {
        if constexpr (symbols > 0) {
          out = spell(out, places[i]);
          if (separator.size() == 1)  // the usual separator, without a call
            *out++ = separator[0];
          else
            out = std::copy(separator.begin(), separator.end(), out);
        } else {
          traits::write(base, out, of, places[i], 1, separator);
          out += text_length(of) + separator.size();
        }
      }
      written += some;
    }
  }

 private:
  // all texts of two symbols, in order
  static constexpr auto pairs = [] {
    if constexpr (symbols > 0) {
      constexpr serial_layout spelled = *detail::layout_of<policy>;
      constexpr std::size_t radix = spelled.symbols.size();
      std::array<char, 2 * radix * radix> table{};
      for (std::size_t i = 0; i < radix * radix; ++i) {
        table[2 * i] = spelled.symbols[i / radix];
        table[2 * i + 1] = spelled.symbols[i % radix];
      }
      return table;
    } else {
      return 0;
    }
  }();

  template <std::size_t Bytes>
  [[gnu::always_inline]] static constexpr void copy(char* out, const char* from) {
    if (Bytes == 0 || std::is_constant_evaluated())  // without a prefix there is no memory to copy from
      std::copy_n(from, Bytes, out);
    else
      std::memcpy(out, from, Bytes);
  }

  // one text as Base spells it, two symbols at a time
  [[gnu::always_inline]] static constexpr char* spell(char* out, std::uint64_t place) {
    constexpr serial_layout spelled = *detail::layout_of<policy>;
    constexpr std::uint64_t radix = spelled.symbols.size();
    copy<spelled.prefix.size()>(out, spelled.prefix.data());
    out += spelled.prefix.size();
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      ((copy<2>(out + symbols - 2 * (I + 1), pairs.data() + 2 * (place % (radix * radix))), place /= radix * radix),
       ...);
    }(std::make_index_sequence<symbols / 2>());
    if constexpr (symbols % 2 == 1) *out = spelled.symbols[static_cast<std::size_t>(place)];
    out += symbols;
    copy<spelled.suffix.size()>(out, spelled.suffix.data());
    return out + spelled.suffix.size();
  }

  typename order::template over<domain> order_;
};

// The volume is used at compile time only.
template <class Base, class Permutation, issue_volume Volume>
struct policy_name_of<scrambled_serial<Base, Permutation, Volume>> {
  [[nodiscard]] static std::string get() {
    return "scrambled_serial<" + policy_name<Base>() + "," + policy_name<Permutation>() + ">";
  }
};

}  // namespace tallymark
