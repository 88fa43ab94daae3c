// Serial numbers and batch codes without records and stock; their kinds beyond the basic ones are in schemes.hpp. Needs
// Boost.Unordered and an expected, nothing else.
#pragma once

#include <tallymark/config.hpp>

#include <tallymark/batch/chain_batch.hpp>
#include <tallymark/batch/date_batch.hpp>
#include <tallymark/batch/pattern_batch.hpp>
#include <tallymark/batch/template_batch.hpp>
#include <tallymark/batch/validated_batch.hpp>
#include <tallymark/calendar/civil_time.hpp>
#include <tallymark/calendar/clock.hpp>
#include <tallymark/calendar/date.hpp>
#include <tallymark/error.hpp>
#include <tallymark/expression/expansion.hpp>
#include <tallymark/expression/inventree.hpp>
#include <tallymark/expression/source.hpp>
#include <tallymark/expression/strict.hpp>
#include <tallymark/fwd.hpp>
#include <tallymark/increment/custom.hpp>
#include <tallymark/increment/skipping.hpp>
#include <tallymark/increment/step.hpp>
#include <tallymark/increment/wrapping.hpp>
#include <tallymark/index/concurrent_index.hpp>
#include <tallymark/index/dense_index.hpp>
#include <tallymark/index/hashed_index.hpp>
#include <tallymark/index/run_index.hpp>
#include <tallymark/policies.hpp>
#include <tallymark/policy/chain.hpp>
#include <tallymark/record/codec.hpp>
#include <tallymark/registry/answer.hpp>
#include <tallymark/registry/registry.hpp>
#include <tallymark/registry/reservation.hpp>
#include <tallymark/registry/serial_range.hpp>
#include <tallymark/scope/unique.hpp>
#include <tallymark/serial/alphabet.hpp>
#include <tallymark/serial/integer.hpp>
#include <tallymark/serial/prefixed.hpp>
#include <tallymark/serial/text.hpp>
#include <tallymark/serial/validated.hpp>
#include <tallymark/version.hpp>
