# shellcheck shell=bash
# The common part of the tests of the tool: source "$(dirname "$0")/support.bash" "$@"
# `run` calls the tool; the other functions check its exit code, standard output and standard error.
set -uo pipefail
export LC_ALL=C.UTF-8
tool=$(realpath "$1") source=$(realpath "$2")
here=$PWD work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0 checks=0

fail() {
  failures=$((failures + 1))
  printf 'FAILED: %s\n  after: %s\n' "$1" "$what"
  [[ -z ${2:-} ]] || printf '%s\n' "$2" | head -40 | cut -c1-300 | sed 's/^/  | /'
}

run() {
  what="tallymark ${*@Q}" code=0
  what=${what:0:300}
  timeout 120 "$tool" "$@" >out 2>err </dev/null || code=$?
}

# is_code 1
is_code() { checks=$((checks + 1)) && { [[ $code == "$1" ]] || fail "exit code $code, not $1" "$(cat err)"; }; }
# is_out 'the whole standard output, without the last line end'
is_out() { checks=$((checks + 1)) && { [[ $(cat out) == "$1" ]] || fail "standard output is not '$1'" "$(cat out)"; }; }
# is_err 'the whole standard error, without the last line end'
is_err() { checks=$((checks + 1)) && { [[ $(cat err) == "$1" ]] || fail "standard error is not '$1'" "$(cat err)"; }; }
# has out 'a line or a part of one'
has() { checks=$((checks + 1)) && { grep -qF -- "$2" "$1" || fail "there is no '$2' in $1" "$(cat "$1")"; }; }
has_not() { checks=$((checks + 1)) && { ! grep -qF -- "$2" "$1" || fail "there is '$2' in $1" "$(cat "$1")"; }; }
# is 'got' 'wanted' 'what it is'
is() { checks=$((checks + 1)) && { [[ $1 == "$2" ]] || fail "$3 is '$1', not '$2'"; }; }

# accepts '<standard output>' <arguments>...      refuses '<part of standard error>' <arguments>...
accepts() { local wanted=$1 && shift && run "$@" && is_code 0 && is_out "$wanted" && is_err ''; }
refuses() { local wanted=$1 && shift && run "$@" && is_code 1 && is_out '' && has err "$wanted"; }
misused() { local wanted=$1 && shift && run "$@" && is_code 2 && is_out '' && has err "$wanted"; }

# A number of the JSON that `import --json` prints: json rows
json() { sed -n "s/^ *\"$1\": \([0-9]*\),*\$/\1/p" out; }
# counted <rows> <items> <rejected>
counted() { is "$(json rows) $(json items) $(json rejected)" "$1 $2 $3" 'rows, items, rejected'; }

# imports <parts.csv> <stock.csv> <options>...: with --json and --rejects rejects.csv
imports() { local parts=$1 stock=$2 && shift 2 && run import --parts "$parts" --stock "$stock" --json --rejects rejects.csv "$@"; }
# rejected '<file>,<line>,<column>,<reason>': there is such a row in the rejects file
rejected() { checks=$((checks + 1)) && { grep -aqF -- "$1," rejects.csv || fail "no row '$1' was rejected" "$(cat rejects.csv)"; }; }

finish() {
  printf '%s checks, %s failures\n' "$checks" "$failures"
  ((failures == 0 && checks > 0))
}
