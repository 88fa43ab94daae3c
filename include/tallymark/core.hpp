// Serial numbers and batch codes without records and stock. Needs Boost.Unordered and an expected, nothing else.
#pragma once

#include <tallymark/calendar/civil_time.hpp>
#include <tallymark/calendar/clock.hpp>
#include <tallymark/calendar/date.hpp>
#include <tallymark/config.hpp>
#include <tallymark/error.hpp>
#include <tallymark/fwd.hpp>
#include <tallymark/index/run_index.hpp>
#include <tallymark/policies.hpp>
#include <tallymark/registry/registry.hpp>
#include <tallymark/scope/unique.hpp>
#include <tallymark/version.hpp>
