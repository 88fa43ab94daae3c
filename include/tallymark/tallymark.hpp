// Everything except opt-in headers: exceptions.hpp, journal/, serial/ff1.hpp, and testing/.
#pragma once

#include <tallymark/config.hpp>

#include <tallymark/core.hpp>
#include <tallymark/format.hpp>
#include <tallymark/record/calendar_fields.hpp>
#include <tallymark/record/changed.hpp>
#include <tallymark/record/hana.hpp>
#include <tallymark/record/row.hpp>
#include <tallymark/schemes.hpp>
#include <tallymark/stock/item.hpp>
#include <tallymark/stock/part_tree.hpp>
#include <tallymark/stock/quantity.hpp>
#include <tallymark/stock/refusal.hpp>
#include <tallymark/stock/stock.hpp>
