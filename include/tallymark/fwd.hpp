// Forward declarations, for headers that only mention these names.
#pragma once

#include <tallymark/config.hpp>

#include <cstdint>

namespace tallymark {

enum class errc : std::uint8_t;
struct failure;

struct family;
struct serial_number;
struct run;
class run_list;
struct holder;

class quantity;
struct items;
struct refusal;

template <class Policies, class Item>
class registry;
template <class Policies, class Key, class PartData, class ItemData>
class stock;

}  // namespace tallymark
