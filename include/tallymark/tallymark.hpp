// Everything but the opt-in headers: exceptions.hpp, and testing/.
#pragma once

#include <tallymark/core.hpp>
#include <tallymark/record/record.hpp>
#include <tallymark/stock/stock.hpp>
