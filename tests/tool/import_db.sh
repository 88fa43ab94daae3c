#!/usr/bin/env bash
# The command `import` into a database: what was taken stays, and is not taken twice.
source "$(dirname "${BASH_SOURCE[0]}")/support.bash" "$@"
data=$source/examples/data

# totals: parts, parts taken before, rows, rows taken before, items, serials, rejected
totals() {
  is "$(json parts) $(json parts_taken_before) $(json rows) $(json taken_before) $(json items) $(json serials) $(json rejected)" \
    "$*" 'parts, before, rows, before, items, serials, rejected'
}
sql() { sqlite3 -batch "file:$1?mode=ro" "$2"; }
# stored <database> '<query>' '<wanted>'
stored() { is "$(sql "$1" "$2")" "$3" "$2"; }
into() { local db=$1 && shift && imports parts.csv stock.csv --db "$db" "$@"; }
sound() { run check --db "$1" && is_code 0; }

# the bundled example: the same totals with and without a database; the second time nothing is taken
run import --parts "$data/parts.csv" --stock "$data/stock.csv" --json
wanted=$(cat out)
imports "$data/parts.csv" "$data/stock.csv" --db example.db
is_code 1
is "$(grep -v taken_before out)" "$wanted" 'the report on a database'
totals 12 0 40 0 1584 1572 7
mv rejects.csv first.csv
imports "$data/parts.csv" "$data/stock.csv" --db example.db
is_code 1
totals 0 12 40 33 0 0 7
is "$(cat rejects.csv)" "$(cat first.csv)" 'the rows that are rejected again'
is "$(sed -n '/"next"/,$p' out)" "$(sed -n '/"next"/,$p' <<<"$wanted")" 'the next serial numbers'
sound example.db
run import --parts "$data/parts.csv" --stock "$data/stock.csv" --db example.db
is "$(grep -A1 '^rows  ' out | tr -s ' ')" $'rows 40\n taken before 33' 'the table'
# mended, the others follow
sed -e 's/,2031-02-30,B/,2031-02-28,B/; s/PSU,2,PS-1030/PSU,1,PS-1030/; s/GATEWAY-US,-3/GATEWAY-US,3/; s/10,,1480-1471/10,,1471-1480/' \
  -e 's/36,SENSOR-XL/36,SENSOR/; s/,1,CG-1/,1,/' first.csv >mended.csv
imports "$data/parts.csv" mended.csv --db example.db
totals 0 12 7 0 15 11 1
sound example.db

# runs of rows are one block, wherever the file is; what differs in anything else is another one
printf 'part,variant_of\nA,\nA1,A\nB,\n' >parts.csv
{
  echo part,quantity,serial,batch,note
  for i in {1..9}; do echo "A,1,S-0$i,,"; done
  for i in {10..12}; do echo "A,1,S-$i,,"; done
  for i in {13..15}; do echo "A,1,S-$i,L,"; done
  for i in {16..18}; do echo "A,1,S-$i,L,x"; done
  for i in {1..5}; do echo "A,1,A-$i,," && echo "B,1,A-$i,,"; done
  for i in 5 4 3 1 2; do echo "B,1,Z$i,,"; done
  echo 'B, 1,Y1,,' && echo 'B,1.0," Y2",,' && echo 'B,1,Y3,,' && echo && echo 'B,1,Y4,,' && echo '"B","1","Y5","",""'
  for i in 1 1 1 2; do echo "B,$i,,,"; done
} >stock.csv
into runs.db
is_code 0
totals 3 0 42 0 42 38 0
stored runs.db "SELECT group_concat(first_serial || '-' || coalesce(last_serial, first_serial), ' ') FROM items WHERE kind IS NOT NULL" \
  'S-01-S-09 S-10-S-12 S-13-S-15 S-16-S-18 A-1-A-1 A-1-A-1 A-2-A-2 A-2-A-2 A-3-A-3 A-3-A-3 A-4-A-4 A-4-A-4 A-5-A-5 A-5-A-5 Z5-Z5 Z4-Z4 Z3-Z3 Z1-Z2 Y1-Y3 Y4-Y5'
stored runs.db 'SELECT sum(lines), min(line), max(line + lines) FROM history' '42|2|45'
stored runs.db "SELECT count(*), max(name) GLOB 'sha256:????????* stock.csv' FROM sources" '1|1'
cp stock.csv other_name.csv
imports parts.csv other_name.csv --db runs.db
is_code 0
totals 0 3 42 42 0 0 0
into memory.db && cp out durable.out
imports parts.csv stock.csv
is "$(cat out)" "$(grep -v taken_before durable.out)" 'the report in memory'
sound runs.db

# a serial number in the middle of a run that is taken: that row, and no other
{ echo part,quantity,serial && for i in {1..10}; do echo "A,1,C-00$i" | sed 's/0010/010/'; done; } >stock.csv
printf 'part,quantity,serial\nA1,1,C-005\n' >one.csv
imports parts.csv one.csv --db conflict.db
into conflict.db
is_code 1
totals 0 3 10 0 9 9 1
is "$(sed 1d rejects.csv)" 'stock,6,serial,this serial number is already taken,C-005,A,1,C-005,' 'the rejects'
stored conflict.db "SELECT group_concat(first_serial || '-' || coalesce(last_serial, first_serial), ' ') FROM items WHERE kind IS NOT NULL" \
  'C-005-C-005 C-001-C-004 C-006-C-010'
into conflict.db
totals 0 3 10 9 0 0 1
is "$(sed 1d rejects.csv)" 'stock,6,serial,this serial number is already taken,C-005,A,1,C-005,' 'the rejects again'
# all of them, some of them, and rows that are wrong between: each with its line, in their order
printf 'part,quantity,serial\nA,1,C-001\nA,1,C-002\nA,1,C-003\nA,x,C-020\nA,1,C-008\nA,1,C-009\nA,1,C-010\nA,1,C-011\nA,1,C-012\nQ,1,C-013\nQ,1,C-014\nA,1,"C-0\nA,1,C-011\n' >stock.csv
into conflict.db
is "$(sed 1d rejects.csv | cut -d, -f 2-5)" '2,serial,this serial number is already taken,C-001
3,serial,this serial number is already taken,C-002
4,serial,this serial number is already taken,C-003
5,quantity,this is not a number,x
6,serial,this serial number is already taken,C-008
7,serial,this serial number is already taken,C-009
8,serial,this serial number is already taken,C-010
11,part,there is no such part,Q
12,part,there is no such part,Q
13,serial,the quote is never closed,"A
14,serial,this serial number is already taken,C-011' 'the rejects'
totals 0 3 13 0 2 2 11
sound conflict.db

# parents, within a file and across files, whenever they come
printf 'part\nA\n' >parts.csv
{ echo item,part,quantity,parent; for i in {1..300}; do echo "$i,A,1,$((i + 1))"; done; echo 301,A,1,; } >stock.csv
into parents.db
is_code 0
totals 1 0 301 0 301 0 0
stored parents.db 'SELECT count(*), sum(c.parent = p.first) FROM items c JOIN items p ON p.data_name = c.data_name + 1' '300|300'
printf 'item,part,quantity,serial,parent\n7,A,1,,\nnew,A,1,U1,301\n,A,1,U2,301\n,A,1,U3,301\n,A,1,U4,new\nlate,A,1,,none\nself,A,1,,self\n' >stock.csv
into parents.db
is_code 1
totals 0 1 7 0 4 4 3
rejected 'stock,2,item,a stock item with this key already exists,7'
rejected 'stock,7,parent,there is no such stock item,none'
rejected 'stock,8,parent,the stock item would be its own ancestor,self'
stored parents.db "SELECT group_concat(p.data_name) FROM items i JOIN items p ON p.first = i.parent WHERE i.kind IS NOT NULL" \
  '301,301,new'
# what waited and was refused comes when its parent is there
printf 'item,part,quantity\nnone,A,1\n' >parent.csv
imports parts.csv parent.csv --db parents.db
into parents.db
totals 0 1 7 4 1 0 2
stored parents.db "SELECT count(*) FROM items c JOIN items p ON p.first = c.parent WHERE c.data_name = 'late' AND p.data_name = 'none'" 1
sound parents.db

# parts: equal ones are there, others are refused
printf 'part,name,ipn,variant_of,trackable,note\nA,Lamp,L-1,,yes,n\nB,,,A,false,\nB,,,A,false,\n' >parts.csv
printf 'part,quantity\nA,1\n' >stock.csv
into parts.db
totals 2 0 1 0 1 0 1
into parts.db
totals 0 2 1 1 0 0 1
rejected 'parts,4,part,a part with this key already exists,B'
for other in 's/Lamp/Bulb/' 's/L-1/L-2/' 's/,yes/,no/' 's/,n$/,m/'; do
  sed -i.bak "$other" parts.csv
  into parts.db
  totals 0 1 1 1 0 0 2
  rejected 'parts,2,part,a part with this key already exists,A'
  mv parts.csv.bak parts.csv
done
printf 'part,name,ipn,note\nB,,,\nC,,,\n' >parts.csv
into parts.db
totals 1 0 1 1 0 0 1

# the scope belongs to the database
printf 'part,variant_of\nA,\nA1,A\nB,\n' >parts.csv
printf 'part,quantity,serial\nA,1,7\nA1,1,7\nB,1,7\nB,1,7\n' >stock.csv
for scope in part-tree part global; do
  into $scope.db --scope $scope
  for again in '' $scope; do
    before=$(json items)
    into $scope.db ${again:+--scope $again}
    is_code 1
    is "$(json taken_before) $(json items) $(json rejected)" "$(json taken_before) 0 $((4 - $(json taken_before)))" 'taken before'
    case $scope in
      part-tree) totals 0 3 4 2 0 0 2 && has out '"B": "8"' ;;
      part) totals 0 3 4 3 0 0 1 && has out '"A1": "8"' ;;
      global) totals 0 3 4 1 0 0 3 ;;
    esac
  done
  for other in part-tree part global; do
    [[ $other == "$scope" ]] || misused "--scope: in $scope.db serial numbers are unique within '$scope'" \
      import --parts parts.csv --stock stock.csv --db $scope.db --scope $other
  done
done

# killed after each group, and done again: as if nothing had been
awk 'BEGIN {
  print "item,part,quantity,serial,parent,batch"
  for (i = 1; i <= 900000; ++i)
    if (i % 300000 > 20000) print ",A,1,SN-" 1000000 + i ",,"
    else if (i % 5 == 0) print ",A,1,R" i * 7919 % 1000003 "X" i ",,"
    else if (i % 5 == 1) print "n" i ",B,2.5,," (i % 25 == 6 ? "" : "n" (i % 25 == 1 ? i + 5 : i - 5)) ",B" i % 7
    else if (i % 5 == 2) print ",A,1,,n" i - 1 ","
    else print ",B,1,K-" 10000000 + i ",," (i % 5 == 3 ? "L" : "")
}' >stock.csv
into undisturbed.db
is_code 0
dump() {
  sql "$1" 'SELECT part, batch, steps, sum(count), sum(count * (2 * first + count)), sum(count * parent) FROM items GROUP BY 1, 2, 3'
  sql "$1" 'SELECT first, parent, data_name FROM items WHERE data_name IS NOT NULL ORDER BY first' | md5sum
  sql "$1" 'SELECT scope, sum(length), sum(length * (2 * first + length)) FROM serial_runs GROUP BY 1'
  sql "$1" 'SELECT sum(lines), sum(lines * (2 * line + lines)) FROM history'
}
killed=0
for ((i = 0; i < 10; ++i)); do
  "$tool" import --parts parts.csv --stock stock.csv --db killed.db --rejects rejects.csv >out 2>err </dev/null &
  before=$(sql killed.db 'SELECT count(*) FROM history' 2>/dev/null)
  while kill -0 $! 2>/dev/null && [[ $(sql killed.db 'SELECT count(*) FROM history' 2>/dev/null) == "$before" ]]; do :; done
  kill -KILL $! 2>/dev/null && killed=$((killed + 1))
  wait $! 2>/dev/null
done
is "$((killed > 0))" 1 'whether it was killed once'
sound killed.db
into killed.db
is_code 0
is "$(($(json taken_before) > 0)) $(json rows)" '1 900000' 'whether rows were taken before, rows'
is "$(dump killed.db)" "$(dump undisturbed.db)" 'what there is'
sound killed.db

# two processes that import the same file at once take each row once
printf 'part,quantity,batch\n' >stock.csv
for i in {1..30000}; do echo "A,1,B$((i % 3))"; done >>stock.csv
for i in 1 2; do "$tool" import --parts parts.csv --stock stock.csv --db both.db >both$i.out 2>both$i.err </dev/null & done
wait
stored both.db 'SELECT sum(count) FROM items' 30000
sound both.db

# what comes through a pipe is taken each time; while nothing comes, others can write
printf 'part\nA\n' >parts.csv
printf 'part,quantity\nA,1\nA,2\n' >stock.csv
for i in 1 2; do
  imports parts.csv <(cat stock.csv) --db pipe.db
  is_code 0
  is "$(json taken_before) $(json items)" '0 2' 'taken before, items'
done
mkfifo slow.csv
"$tool" import --parts parts.csv --stock slow.csv --db pipe.db >slow.out 2>slow.err </dev/null &
{ printf 'part,quantity\nA,3\n' && sleep 1; into pipe.db; echo A,4; } >slow.csv
is_code 0
totals 0 1 2 0 2 0 0
wait
stored pipe.db 'SELECT group_concat(quantity, " ") FROM items' '1.0 2.0 1.0 2.0 3.0 1.0 2.0 4.0'

# databases that cannot be written to, and files that are none
printf 'part,quantity\nA,5\n' >stock.csv
cp pipe.db locked.db
sqlite3 locked.db "PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE;" ".shell sleep 8" >/dev/null &
sleep 0.5
into locked.db
is_code 1
has err 'locked.db: '
wait
into locked.db
is_code 0
if [[ $(id -u) != 0 ]]; then
  cp pipe.db readonly.db
  chmod a-w readonly.db
  into readonly.db
  is_code 1
  has err 'readonly.db: '
fi
# a full disk, as the system tells it: what was acknowledged stays, and it goes on when there is room
awk 'BEGIN {
  print "part,quantity,serial"
  for (i = 1; i <= 300000; ++i) print "A,1,SN-" 1000000 + i
  for (i = 1; i <= 100000; ++i) print "A,1,R" i * 7919 % 1000003 "X" i
}' >stock.csv
code=0
what='import on a full disk'
(trap '' XFSZ && ulimit -f 4000 && exec "$tool" import --parts parts.csv --stock stock.csv --db full.db --json) >out 2>err </dev/null || code=$?
is_code 1
has err 'full.db: '
has err 'All that was accepted up to line 262145 of stock.csv is in the database; the same command goes on from there'
is "$(json rows) $(json items)" '262144 262144' 'rows, items'
into full.db
is_code 0
totals 0 1 400000 262144 137856 137856 0
sound full.db
echo 'this is no database, but a text that is long enough' >text.db
into text.db
is_code 1
has err 'text.db: '
is "$(cat text.db)" 'this is no database, but a text that is long enough' 'the text'
sqlite3 foreign.db 'CREATE TABLE t(a)'
into foreign.db
is_code 1
has err 'foreign.db: '
into none/none.db
is_code 2
has err 'none/none.db: '
run import --parts parts.csv --stock stock.csv --db pipe.db --rejects pipe.db
is_code 2
has err '--rejects: pipe.db'
printf 'part,amount\nA,5\n' >stock.csv
into new.db
is_code 1
is "$(ls new.db 2>&1)" "ls: cannot access 'new.db': No such file or directory" 'the database of a file that is refused'
finish
