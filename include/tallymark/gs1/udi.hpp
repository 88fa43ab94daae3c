// Unique device identification of medical devices, in GS1 form.
#pragma once

#include <tallymark/config.hpp>

#include <optional>
#include <string_view>

#include <tallymark/error.hpp>
#include <tallymark/gs1/element_list.hpp>
#include <tallymark/gs1/element_string.hpp>
#include <tallymark/gs1/key.hpp>
#include <tallymark/gs1/short_date.hpp>
#include <tallymark/gs1/short_text.hpp>

namespace tallymark::gs1 {

/// The contents of a UDI carrier in GS1 form (FDA, UDI formats by FDA-accredited issuing agency): the device identifier
/// and the production identifiers that are known.
struct udi {
  gs1::gtin device{};                      ///< (01), the device identifier
  std::optional<short_date> production{};  ///< (11)
  std::optional<short_date> expiry{};      ///< (17)
  short_text<20> lot{};                    ///< (10); empty if unknown
  short_text<20> serial{};                 ///< (21); empty if unknown

  /// Takes the elements of a UDI and ignores all others. Errors: ai_missing without (01), with `01` as the expected AI;
  /// those of check_associations. O(elements^2).
  [[nodiscard]] static constexpr result<udi> from(const element_list& elements) {
    const auto item = elements.find(1);
    if (!item) return fail(errc::ai_missing, 0, 0, "01");
    if (const auto checked = check_associations(elements); !checked) return unexpected<failure>(checked.error());
    udi read;
    read.device = *gs1::gtin::parse(*item);
    if (const auto production = elements.find(11)) read.production = *short_date::parse(*production);
    if (const auto expiry = elements.find(17)) read.expiry = *short_date::parse(*expiry);
    if (const auto lot = elements.find(10)) read.lot = *lot;
    if (const auto serial = elements.find(21)) read.serial = *serial;
    return read;
  }

  /// Reads an element string, as a scanner sends it or in brackets. Errors: those of parse_bracketed
  /// or parse_element_string, and of from. O(length + elements^2).
  [[nodiscard]] static constexpr result<udi> parse(std::string_view text) {
    const auto elements = text.starts_with('(') ? parse_bracketed(text) : parse_element_string(text);
    if (!elements) return unexpected<failure>(elements.error());
    return from(*elements);
  }

  /// The elements, in the order (01) (11) (17) (10) (21). Errors: ai_missing without a device; those of
  /// element_list::add, without a position. O(length).
  [[nodiscard]] constexpr result<element_list> elements() const {
    element_list all;
    if (device == gs1::gtin()) return fail(errc::ai_missing, 0, 0, "01");
    const auto add = [&](unsigned ai, std::string_view value) -> result<void> {
      if (value.empty()) return {};
      if (const auto added = all.add(ai, value); !added) return fail(added.error().code);
      return {};
    };
    const auto date_of = [](const std::optional<short_date>& day) {
      return day ? short_text<20>(day->text().view()) : short_text<20>();
    };
    for (const auto& [ai, value] : {part{1, device.view()}, part{11, date_of(production)}, part{17, date_of(expiry)},
                                    part{10, lot.view()}, part{21, serial.view()}})
      if (const auto added = add(ai, value.view()); !added) return unexpected<failure>(added.error());
    return all;
  }

  friend constexpr bool operator==(const udi&, const udi&) = default;

 private:
  struct part {
    unsigned ai;
    short_text<20> value;
  };
};

}  // namespace tallymark::gs1
