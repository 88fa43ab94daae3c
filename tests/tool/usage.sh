#!/usr/bin/env bash
# The tool without a command, with a wrong one, and its help.
source "$(dirname "${BASH_SOURCE[0]}")/support.bash" "$@"
version=$(sed -n 's/.*string_view version = "\(.*\)";/\1/p' "$source/include/tallymark/version.hpp")
accepts "tallymark $version" --version
misused 'A subcommand is required'
misused "There is no command 'numbers'" numbers
misused "There is no command '--quantity'" --quantity 3
commands="next generate check schemes expand batch import find trace history serialize split merge adjust remove serials stats tune"
for command in $commands; do
  run "$command" --help
  is_code 0
  is_err ''
  has out 'Usage: tallymark'
done
run --help
is_code 0
for command in $commands; do has out "  $command "; done
misused '1 required' next --latest
misused 'not expected' next --last 5
finish
