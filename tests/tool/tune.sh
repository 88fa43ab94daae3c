#!/usr/bin/env bash
# The command `tune`. The figures differ each time; the statements about the sample do not.
source "$(dirname "${BASH_SOURCE[0]}")/support.bash" "$@"

# table <serials> <repeated> <unreadable>: the lines before the figures
table() {
  is_code 0
  is_err ''
  is "$(sed -n '1,3p' out | tr -s ' ' | tr '\n' ';')" "serials $1;repeated $2;unreadable $3;" 'the first lines'
}
indices=$'dense_index\nrun_index'

# in order: hardly any memory
seq -f 'SN-%06.0f' 20000 >lines
run tune --sample lines
table 20,000 0 0
is "$(grep -oE '^[a-z]+_index' out | head -n 2)" "$indices" 'the indices'
is "$(grep -cE '^(dense|run)_index +[0-9,]+ +0\.[01][0-9]( +[0-9]+\.[0-9]){5}$' out)" 2 'hardly any memory'
is "$(grep -cE '^[a-z]+_index +[0-9,]+ +[0-9]+\.[0-9][0-9]( +[0-9]+\.[0-9]){5}$' out)" 4 'the number of lines with figures'
is "$(tail -n 1 out | sed -E 's/[0-9]+\.[0-9]+/N/g; s/[a-z]+_index/I/')" \
  'recommended: I, N ns for a claim and a shuffled lookup, N bytes a serial' 'the last line'
has out "$(tail -n 1 out | grep -oE '[a-z]+_index') "

# far apart: each takes memory
seq -f 'A%.0f' 1000 7919 80000000 >lines
run tune --sample lines --json
is_code 0
is_err ''
is "$(json serials) $(json repeated) $(json unreadable)" '10103 0 0' 'serials, repeated, unreadable'
figure() { tr -d ' \n' <out | sed -nE "s/.*\"$1\":\{[^}]*\"$2\":([0-9.]+).*/\1/p"; }
for index in $indices; do
  is "$(($(figure "$index" bytes) > 10103 * 8))" 1 "whether $index takes more than 8 bytes for each"
  for time in claim find find_shuffled find_bulk find_bulk_shuffled; do
    is "$(awk -v n="$(figure "$index" ${time}_ns)" 'BEGIN { print(n > 0 && n < 1e6) }')" 1 "whether $index has a time ${time}"
  done
done
is "$(figure run_index bytes_a_serial)" "$(awk -v n="$(figure run_index bytes)" 'BEGIN { print int(n / 10103 * 100 + 0.5) / 100 }')" \
  'bytes a serial'
is "$(grep -c '^  "recommended": "[a-z]*_index"$' out)" 1 'the number of recommendations'

# texts that are not serial numbers, and repetitions
{ printf '\xEF\xBB\xBFA1\r\n\n  A2 \nA1\nb\001\nA1' && printf '\n\xff' && printf '\n%0101d' 1 && printf '\n\001\n\001\n\001\nlast'; } >lines
run tune --sample lines
table 3 2 6
is "$(sed -n '4,9p' out)" '  line 5: the text contains a control character
  line 7: the text is not valid UTF-8
  line 8: the text is longer than allowed
  line 9: the text contains a control character
  line 10: the text contains a control character
  ...' 'the lines'
run tune --sample lines --json
is "$(json serials) $(json repeated) $(json unreadable)" '3 2 6' 'serials, repeated, unreadable'
is "$(grep -cE '^ *"line": [0-9]+,$' out)" 5 'the number of lines that are told'
has out '"line": 8,'
has out '"reason": "the text is longer than allowed"'
run tune --sample <(printf '7')
table 1 0 0

# a column
printf 'item,"serial, ours"\n1,SN-1\n2,\n3,"SN-2"\n4,SN-1,x\n5,SN-1\n6,"SN-3\n' >column.csv
run tune --sample column.csv --column 'serial, ours'
table 2 1 2
has out '  line 5: the row has more columns than the header'
has out '  line 7: the quote is never closed'
misused "tallymark: --column: column.csv has no column 'serial'; there are: item, serial, ours" \
  tune --sample column.csv --column serial

# nothing to measure
printf '\n \n' >lines
refuses 'tallymark: lines: there is no serial number in it' tune --sample lines
printf 'x\001\n' >lines
refuses $'there is no serial number in it\nlines:1: the text contains a control character' tune --sample lines
refuses 'there is no serial number in it' tune --sample /dev/null --json
refuses '1: the file has no header' tune --sample /dev/null --column a
misused 'nowhere: No such file or directory' tune --sample nowhere
misused 'nowhere: No such file or directory' tune --sample nowhere --column a
misused 'Is a directory' tune --sample .
misused '--sample is required' tune
finish
