#!/usr/bin/env bash
# The command `next`.
source "$(dirname "${BASH_SOURCE[0]}")/support.bash" "$@"

accepts 1 next
accepts $'1\n2\n3' next --count 3
accepts $'SN-099\nSN-100\nSN-101' next --latest SN-098 --count 3
accepts $'999\n1000' next --latest 998 --count 2
accepts 2024-0010 next --latest 2024-0009
accepts -6 next --latest -5
accepts 'Ä 10' next --latest ' Ä 9 '
accepts 1 next --latest ''
accepts 10000000000000000000000000000000000000000 next --latest 9999999999999999999999999999999999999999

refuses $'QQQ\n^^^ this serial number has no counter to continue from' next --latest QQQ
refuses 'the text is longer than allowed' next --latest "$(printf '1%.0s' {1..101})"
refuses 'the text is not valid UTF-8' next --latest $'\xff1'
refuses 'the text contains a control character' next --latest $'1\x012'
# if too few are left, nothing is printed
refuses 'no serial number is left' next --latest "$(printf '9%.0s' {1..100})" --count 2

for bad in 0 -1 1.5 x '' 1e3 0x10 18446744073709551616; do misused -- next --count "$bad"; done
misused 'not expected' next 5

# many serial numbers in bounded memory; the reader may close the pipe
what='next --count 1000000000 | head'
timeout 60 "$tool" next --count 1000000000 2>err | head -n 200000 >out
is "$(tail -n 1 out)" 200000 'the last line'
is_err ''
(trap '' PIPE && timeout 60 "$tool" next --count 1000000000 2>err | head -n 2 >out)
is_out $'1\n2'
is_err ''

if [[ -e /dev/full ]]; then
  what='next >/dev/full' code=0
  "$tool" next >/dev/full 2>err || code=$?
  is_code 1
  has err 'cannot write'
fi
finish
