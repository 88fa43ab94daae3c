#!/usr/bin/env bash
# The command `generate`.
source "$(dirname "${BASH_SOURCE[0]}")/support.bash" "$@"

# every scheme has a first serial number, and continues from its example
accepts $'1\n2\n3' generate text --count 3
accepts $'1\n2\n3' generate integer --count 3
accepts $'00000001\n00000002' generate hex --count 2
accepts $'000001\n000002' generate base33 --count 2
run schemes
is_code 0
cp out schemes
while read -r name example _; do
  run generate "$name" --count 1000
  is_code 0
  is_err ''
  is "$(wc -l <out)" 1000 "the number of lines of $name"
  is "$(sort -u out | wc -l)" 1000 "how many of $name differ"
  cp out texts
  what="tallymark check $name - <texts" code=0
  "$tool" check "$name" - <texts >out 2>err || code=$?
  is_code 0
  is "$(grep -c '^valid' out)" 1000 "how many of $name are valid"
  is "$(cut -f 2 out)" "$(cat texts)" "the spelling of $name"
  # single calls agree with one call
  run generate "$name" --start "$(sed -n 1p texts)" --count 1000
  is_out "$(cat texts)"
  run generate "$name" --start "$(sed -n 998p texts)" --count 3
  is_out "$(tail -n 3 texts)"
  # the example counts, unless it has no counter
  run generate "$name" --start "$example" --count 1
  if ! grep -q 'no counter' err; then
    is_code 0
    is_out "$example"
  fi
done <schemes

# time-ordered ids begin with the current time
for name in ulid uuidv7 snowflake sonyflake; do
  before=$(date -u +%FT%T)
  run generate "$name" --count 1
  run check "$name" "$(cat out)" --json
  after=$(date -u +%FT%T)
  date=$(sed -E 's/.*"date":"([^".]*).*/\1/' out)
  is "$([[ $before < $date || $before == "$date" ]] && [[ $date < $after || $date == "$after" ]] && echo now)" now "when $name was issued"
done

accepts $'SN-098\nSN-099\nSN-100' generate text --start SN-098 --count 3
accepts $'9\n10' generate text --start ' 9 ' --count 2
accepts QQQ1 generate text --start QQQ1 --count 1
accepts $'1999999999999999999999\n2000000000000000000000' generate text --start 1999999999999999999999 --count 2
accepts $'0\n1' generate integer --start 0 --count 2
accepts 18446744073709551614 generate integer --start 18446744073709551614 --count 1
accepts $'0000FFFF\n00010000' generate hex --start 0000FFFF --count 2
accepts $'00000H\n00000J' generate base33 --start 00000H --count 2
accepts $'ZZZZZY\nZZZZZZ' generate base33 --start ZZZZZY --count 2

# separators
accepts 1,2,3 generate integer --count 3 --separator ,
accepts '8; 9; 10' generate integer --start 8 --count 3 --separator '; '
accepts $'1\t2' generate integer --count 2 --separator '\t'
# shellcheck disable=SC1003
accepts '1\2' generate integer --count 2 --separator '\\'
accepts 7 generate integer --start 7 --count 1 --separator ,
bytes() { local wanted=$1 && shift && run "$@" && is_code 0 && is "$(od -An -c out | tr -s ' ')" "$wanted" 'what is written'; }
bytes ' 1 , 2 \n' generate integer --count 2 --separator ,
bytes ' 1 \n 2 \n' generate integer --count 2
bytes ' 1 \r \n 2 \r \n' generate integer --count 2 --separator '\r\n'
bytes ' 1 \0 2 \0' generate integer --count 2 --separator '\0'
bytes ' 8 9 1 0' generate integer --start 8 --count 3 --separator ''

# errors
refuses $'QQQ\n^^^ this serial number has no counter to continue from' generate text --start QQQ --count 1
refuses $'  12x\n    ^ this is not a serial number of this kind' generate integer --start '  12x' --count 1
refuses 'the counter does not have the required number of digits' generate hex --start 12 --count 1
refuses $'00000O\n     ^ this is not a serial number of this kind' generate base33 --start 00000O --count 1
refuses 'the text is empty' generate text --start '' --count 1
refuses 'the text is longer than allowed' generate text --start "$(printf '1%.0s' {1..101})" --count 1
refuses 'the text is not valid UTF-8' generate text --start $'\xff1' --count 1
refuses $'ZZZZZY\n^^^^^^ no serial number is left\ntallymark: --count: 3 serial numbers are requested, but from here on only 2 are left' \
  generate base33 --start ZZZZZY --count 3
refuses 'from here on only 1 is left' generate integer --start 18446744073709551614 --count 2
refuses 'from here on only 4294967295 are left' generate hex --count 4294967296
refuses 'from here on only 18446744073709551610 are left' generate integer --start 5 --count 18446744073709551615

misused "there is no scheme 'hexx'; did you mean 'hex'?" generate hexx --count 1
misused "there is no scheme 'base'; did you mean 'base33'?" generate base --count 1
misused "there is no scheme 'integr'; did you mean 'integer'?" generate integr --count 1
misused "there is no scheme 'kangaroo'; there are: text, integer, hex, base33, " generate kangaroo --count 1
misused "there is no scheme ''; there are: " generate '' --count 1
misused 'there is no scheme' generate "$(printf 'x%.0s' {1..10000})" --count 1
misused "'\\x': a backslash must be followed by" generate hex --count 1 --separator '\x'
# shellcheck disable=SC1003
misused 'a backslash must be followed by' generate hex --count 1 --separator 'x\'
misused '--count is required' generate hex
misused 'SCHEME is required' generate --count 1
for bad in 0 -1 1e9 x ''; do misused -- generate hex --count "$bad"; done

# ten million and more, compared with another generator
sum() { timeout 120 "$tool" generate "$@" | cksum; }
what='ten million'
is "$(sum integer --count 10000000)" "$(seq 10000000 | cksum)" 'integers'
is "$(sum text --start SN-000000995 --count 10000000)" "$(seq -f 'SN-%09.0f' 995 10000994 | cksum)" 'padded texts'
is "$(sum text --start A1 --count 10000000 --separator ,)" "$(seq -s, -f 'A%.0f' 10000000 | cksum)" 'texts with commas'
is "$(sum hex --count 3000000)" "$(seq 3000000 | xargs -n 100000 printf '%08X\n' | cksum)" 'hexadecimal numbers'

# many more in constant memory; the reader may close the pipe
what='generate --count 1000000000000 | head'
limit='ulimit -v 200000'
{ ($limit && "$tool" --version) || limit=:; } >/dev/null 2>&1  # a sanitizer needs more
($limit && timeout 60 "$tool" generate text --start SN-1 --count 1000000000000 2>err | head -n 3000000 >out)
is "$(tail -n 1 out)" SN-3000000 'the last line'
is_err ''
for count in 1000 1000000000000; do
  (trap "" PIPE && timeout 60 "$tool" generate integer --count $count 2>err) | head -n 1 >out
  is_out 1
  is_err ''
done

if [[ -e /dev/full ]]; then
  for count in 1 100000000; do
    what="generate --count $count >/dev/full" code=0
    timeout 60 "$tool" generate hex --count $count >/dev/full 2>err || code=$?
    is_code 1
    is_err 'tallymark: cannot write the output: No space left on device'
  done
fi
finish
