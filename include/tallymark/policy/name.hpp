// The names of policies, as a journal records them: the same for every compiler.
#pragma once

#include <tallymark/config.hpp>

#include <concepts>
#include <string>
#include <string_view>

#include <tallymark/policy/detail/type_name.hpp>

namespace tallymark {

/// Customization point: the name of a policy. A policy names itself with a member `static constexpr std::string_view
/// policy_name`; for a type that you cannot edit, specialise this with a static member function `get`. Without either,
/// the name is made from the type: `prefixed_serial<"SN-",6>`, or `acme::house_serial`, and changes when the type is
/// renamed.
template <class P>
struct policy_name_of {
  [[nodiscard]] static std::string get() { return detail::type_name<P>(); }
};

template <class P>
  requires requires {
    { P::policy_name } -> std::convertible_to<std::string_view>;
  }
struct policy_name_of<P> {
  [[nodiscard]] static std::string get() { return std::string(std::string_view(P::policy_name)); }
};

/// The name of a policy. Two policies that read a serial number differently, or keep it unique within another scope,
/// need different names. O(length).
template <class P>
[[nodiscard]] std::string policy_name() {
  return policy_name_of<P>::get();
}

}  // namespace tallymark
