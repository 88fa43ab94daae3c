#!/usr/bin/env bash
# The command `expand`.
source "$(dirname "${BASH_SOURCE[0]}")/support.bash" "$@"

accepts $'1\n2\n3' expand --quantity 3 1-3
accepts $'098\n099\n100' expand --quantity 3 098-100
accepts $'SN-1\nSN-2\n42\n43\n44' expand --quantity 5 --latest 41 'SN-1-SN-2; ~+2'
accepts $'a,b\n7\n8' expand --quantity 3 '"a,b",7+'
accepts $'3\n1\n2' expand --quantity 3 $'3\n1 - 2'
accepts '[A7]' expand --quantity 1 '[A7]'
accepts -5 expand --quantity 1 -- -5
accepts $'1\n2\n3' expand --quantity 3 --dialect inventree '1 2 3'
accepts $'5\n6\n7' expand --quantity 3 --dialect inventree '5+'
refuses '' expand --quantity 3 '1 2 3'

# all errors, each with its caret line
run expand --quantity 5 '1,9-5,,x+y,"'
is_code 1
is_out ''
has err $'  ^^^ the range runs backwards: 9 is greater than 5'
has err 'there is nothing between the separators'
has err 'a count is expected after the plus sign'
has err 'the quote is never closed'
is "$(grep -c '\^' err)" 4 'the number of caret lines'
run expand --quantity 2 $'1\n9-5'
has err 'line 2, byte 1:'
has err $'^^^ the range runs backwards'
refuses 'more serial numbers than the quantity' expand --quantity 5 1+4000000000
refuses 'more serial numbers than the quantity' expand --quantity 5 1+18446744073709551615
refuses 'more serial numbers than the quantity' expand --quantity 5 1+99999999999999999999999999
refuses 'fewer serial numbers than the quantity' expand --quantity 5 1-4
refuses 'the text is empty' expand --quantity 1 ''
refuses 'named twice' expand --quantity 4 1-3,2
refuses 'no counter' expand --quantity 1 --latest QQQ '~'
refuses 'the text is longer than allowed' expand --quantity 1 --latest "$(printf '1%.0s' {1..101})" '~'
accepts X expand --quantity 1 --latest QQQ X

misused '--quantity is required' expand 1-3
misused 'EXPRESSION is required' expand --quantity 3
misused 'not a whole number' expand --quantity 0 1-3
misused 'not in' expand --quantity 3 --dialect sql 1-3

# long expressions, from standard input
from_stdin() { what="expand --quantity $1 -" code=0 && timeout 120 "$tool" expand --quantity "$1" - <in >out 2>err || code=$?; }
seq -s, 1 2 1999999 >in; from_stdin 1000000
is_code 0
is "$(wc -l <out) $(tail -n 1 out)" '1000000 1999999' 'the number of serial numbers, and the last'
yes 9-5 | head -n 20000 >in; from_stdin 20000
is_code 1
is "$(grep -c 'range runs backwards' err)" 20000 'the number of errors'
has err 'line 20000, byte 1:'
yes 9-5 | head -n 100000 | tr '\n' ',' >in; from_stdin 5
is_code 1
has err ' ^^^ the range runs backwards: 9 is greater than 5'
head -c 1000000 /dev/zero | tr '\0' '"' >in; from_stdin 5
is_code 1
head -c 70000000 /dev/zero >in; from_stdin 5
is_code 1
has err 'longer than 64 MiB'

# five million, the first and the last
what='expand --quantity 5000000 1-5000000'
is "$(timeout 60 "$tool" expand --quantity 5000000 1-5000000 | cksum)" "$(seq 1 5000000 | cksum)" 'the checksum'
finish
