#!/usr/bin/env bash
# The command `import` with a thread that reads: the same as without, to the byte, however it ends.
source "$(dirname "${BASH_SOURCE[0]}")/support.bash" "$@"

# all that is in a database but the times
content() {
  sqlite3 -batch "$1" 'UPDATE history SET at = 0' .dump
  echo "$(sqlite3 -batch "$1" 'SELECT count(*) FROM items') items"
}
# same <label>: both ways of importing parts.csv and stock.csv have the same report, rejects and database
same() {
  for threads in 1 2; do
    rm -f t$threads.db*
    imports parts.csv stock.csv --db t$threads.db --threads $threads
    cp out out$threads && cp err err$threads && mv rejects.csv rejects$threads.csv && echo "$code" >code$threads
    run check --db t$threads.db && is_code 0
  done
  for each in code out err; do is "$(cat ${each}2)" "$(cat ${each}1)" "$each of $1"; done
  is "$(cksum <rejects2.csv)" "$(cksum <rejects1.csv)" "the rejects of $1"
  is "$(content t2.db | cksum)" "$(content t1.db | cksum)" "the database of $1"
}

# random files: runs, lone serial numbers, expressions, clashes, missing parts, parents that come later or never, children
# of refused rows, rows that are broken, too short, too wide, too long or not UTF-8, several line ends
printf 'part,variant_of\nA,\nA1,A\nB,\nC,\n' >parts.csv
random_file() {
  awk -v seed="$1" -v rows="$2" '
    function pick(n) { return int(rand() * n) }
    function name(n) { return n > 0 ? "I" n : "" }
    BEGIN {
      srand(seed); split("A A1 B C D", parts, " "); alphabet = "0123456789ABCDEF"
      printf "item,part,quantity,serial,serials,batch,parent,expiry_date,note\n"
      for (i = 1; i <= rows; ++i) {
        part = parts[1 + pick(i % 50 ? 4 : 5)]; kind = pick(40); eol = pick(30) ? "\n" : "\r\n"
        if (kind < 12) { run = part; from = pick(5) ? from : pick(100000); n = 1 + pick(20)
          for (j = 0; j < n; ++j) printf ",%s,1,S-%06d,,,,,\n", run, from++ }
        else if (kind < 24) { text = ""; for (j = 0; j < 3 + pick(8); ++j) text = text substr(alphabet, 1 + pick(16), 1)
          printf ",%s,1,%s,,L%d,,2027-0%d-01,x%s", part, text, pick(9), 1 + pick(9), eol }
        else if (kind < 27) printf "%s,%s,%d,,,B%d,,,%s", name(i), part, 1 + pick(50), pick(5), eol
        else if (kind < 30) printf "%s,%s,1,,,,%s,,%s", name(pick(3) ? i : 0), part, name(1 + pick(2 * i)), eol
        else if (kind < 32) printf ",%s,3,,%d-%d,,,,%s", part, i, i + 2 - pick(2), eol
        else if (kind < 33) printf ",%s,1,\"a \"\" quote, and\na line end %d\",,,,,%s", part, i, eol
        else if (kind < 34) printf ",%s,1,\"never closed %d,,,,,%s", part, i, eol
        else if (kind < 35) printf ",%s,1,in the \"mid\"dle,,,,,%s", part, eol
        else if (kind < 36) printf "%s,1%s", part, eol
        else if (kind < 37) printf ",%s,1,W%d,,,,,,more,%s", part, i, eol
        else if (kind < 38) printf ",%s,-1,%c%d,,,,2027-02-30,%s", part, pick(2) ? 255 : 65, i, eol
        else if (kind < 39) printf "%s", eol
        else { long = sprintf("%" pick(8000) "s", "z"); printf ",%s,1,,,,,,%s%s", part, long, eol }
      }
      printf ",B,1,the last line,,,,,"
    }' >stock.csv
}
for seed in 1 2 3 4 5 6 7 8; do
  random_file "$seed" $((seed * 300))
  same "seed $seed"
  ((seed == 8)) || continue
  for each in 'the quote is never closed' 'fewer columns' 'more columns' 'not valid UTF-8' 'already taken' 'there is no such stock item'; do
    has rejects2.csv "$each"
  done
done
# the last one again: what was taken is skipped, whichever way it was taken
imports parts.csv stock.csv --db t1.db --threads 2
cp out again && mv rejects.csv again.csv
imports parts.csv stock.csv --db t2.db --threads 1
is "$(cat out)" "$(cat again)" 'the second report'
is "$(cksum <rejects.csv)" "$(cksum <again.csv)" 'the second rejects'

# in memory, and rows that are as long as they may be and longer
{
  echo part,quantity,note
  for i in 1 2 3 4 5 6; do
    printf 'A,1,%s\n' "$(head -c $((1000000 + i * 40000)) /dev/zero | tr '\0' x)"
    echo "A,1,$i"
  done
} >stock.csv
same 'long rows'
has rejects2.csv 'longer than 1 MiB'
for threads in 1 2; do imports parts.csv stock.csv --threads $threads && cp out out$threads; done
is "$(cat out2)" "$(cat out1)" 'the report in memory'

# files that cannot be read to the end, are empty, or have a header only
mkdir folder
for file in folder /dev/null; do
  for threads in 1 2; do run import --parts parts.csv --stock $file --threads $threads && cp err err$threads && echo "$code" >code$threads; done
  is "$(cat code2 err2)" "$(cat code1 err1)" "a stock file that is $file"
done
echo part,quantity >stock.csv
same 'a header'

misused "'0' is not a whole number" import --parts parts.csv --stock stock.csv --threads 0
misused "'two' is not a whole number" import --parts parts.csv --stock stock.csv --threads two

# an import that is interrupted between two groups, and its continuation
random_serials() { awk -v rows="$1" 'BEGIN { srand(5); print "part,quantity,serial"
  for (i = 0; i < rows; ++i) printf "%s,1,%06X%06X\n", substr("ABC", 1 + i % 3, 1), rand() * 16777216, rand() * 16777216 }'; }
random_serials 300000 >stock.csv
rm -f ./*.db*
run import --parts parts.csv --stock stock.csv --db whole.db --threads 1
"$tool" import --parts parts.csv --stock stock.csv --db t.db >out 2>err </dev/null &
import=$!
for ((i = 0; i < 3000; ++i)); do
  [[ $(sqlite3 -batch "file:t.db?mode=ro" 'SELECT count(*) > 0 FROM items' 2>/dev/null) == 1 ]] && break
  kill -0 $import 2>/dev/null || break
  sleep 0.01
done
kill -INT $import 2>/dev/null
wait $import
run import --parts parts.csv --stock stock.csv --db t.db
is_code "$([[ $(grep -c 'rejected  *0$' out) == 1 ]] && echo 0 || echo 1)"
is "$(content t.db | cksum)" "$(content whole.db | cksum)" 'the database after an interruption'

# a pipe: rows are taken while its writer pauses; an import that stops does not wait for the writer
mkfifo pipe
rm -f ./*.db*
"$tool" import --parts parts.csv --stock pipe --db t.db >out 2>err </dev/null &
import=$!
exec 7>pipe
printf 'part,quantity,serial\nA,1,P-1\nA,1,P-2\n' >&7
rows() { sqlite3 -batch "file:t.db?mode=ro" 'SELECT sum(count) FROM items' 2>/dev/null; }
for ((i = 0; i < 3000; ++i)); do
  [[ $(rows) == 2 ]] && break
  sleep 0.01
done
is "$(rows)" 2 'the rows before a pause'
coproc lock { sqlite3 -batch t.db; }
printf 'BEGIN IMMEDIATE;\nSELECT 1;\n' >&"${lock[1]}"
read -r locked <&"${lock[0]}"
is "$locked" 1 'the lock'
printf 'A,1,P-3\n' >&7
for ((i = 0; i < 3000; ++i)); do
  kill -0 $import 2>/dev/null || break
  sleep 0.01
done
checks=$((checks + 1))
kill -0 $import 2>/dev/null && fail 'the import waits for the writer of a pipe that it does not read' && kill $import
wait $import
is $? 1 'the exit code of an import into a database that is locked'
has err 'All that was accepted up to line 3 of pipe is'
exec 7>&-
printf 'ROLLBACK;\n.quit\n' >&"${lock[1]}"
wait
finish
