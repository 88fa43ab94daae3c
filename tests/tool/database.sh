#!/usr/bin/env bash
# The commands on a database: what is in it, what becomes of it, and what they refuse.
source "$(dirname "${BASH_SOURCE[0]}")/support.bash" "$@"
data=$source/examples/data
shopt -s extglob

# the JSON of a command is JSON, and has a line for each element
is_json() {
  checks=$((checks + 1))
  command -v python3 >/dev/null || return 0
  python3 -m json.tool out >/dev/null 2>&1 || fail 'standard output is not JSON' "$(cat out)"
}
# the table without the blanks between its columns
table() { tr -s ' ' <out | sed 's/ $//'; }
is_table() { is_code 0 && is_err '' && is "$(table)" "$1" 'the table'; }
whole() { run check --db "$1" && is_code 0 && is_err '' && has out 'ok: '; }
# nothing has changed since `cp was.db`: stats, histories and units
same() {
  for command in "stats --json" "serials GATEWAY" "serials SENSOR" "history 1" "history 23"; do
    # shellcheck disable=SC2086
    is "$("$tool" $command --db "$1" 2>&1)" "$("$tool" $command --db "$2" 2>&1)" "what '$command' prints"
  done
}

run import --parts "$data/parts.csv" --stock "$data/stock.csv" --db demo.db --json --rejects rejects.csv
is_code 1
imported='{'$(for key in parts items serials batches; do printf '"%s":%s,' $key "$(json $key)"; done)
cp demo.db was.db

# ---- stats: what the import said
accepts "${imported%,}}" stats --db demo.db --json
is_json
run stats --db demo.db
is_table $'parts 12\nitems 1,584\nserials 1,572\nbatches 15'
accepts 'ok: 12 parts, 1,584 items, 1,572 serials, 15 batches' check --db demo.db
accepts '{"ok":true,"findings":[],"parts":12,"items":1584,"serials":1572,"batches":15}' check --db demo.db --json
is_json

# ---- find
head='item name part quantity serial batch parent expiry status'
run find --db demo.db ' GW-0150 '
is_table "$head
#105 19 GATEWAY-EU 1 GW-0150 GE-26-1 present"
accepts $'[\n{"item":105,"count":1,"name":"19","part":"GATEWAY-EU","quantity":"1","serial":"GW-0150","batch":"GE-26-1","status":"present"}\n]' \
  find --db demo.db GW-0150 --json
is_json
run find --db demo.db GW-0150 --part GATEWAY-US  # the same tree
is_code 0
has out '#105 '
refuses "no stock item holds or held 'GW-0150'" find --db demo.db GW-0150 --part PSU
refuses "no stock item holds or held 'GW-150'" find --db demo.db GW-150
refuses "--part: there is no such part: 'GATE'" find --db demo.db GW-0150 --part GATE
refuses $'A?B\n ^ the text contains a control character' find --db demo.db $'A\x01B'
refuses 'the text is empty' find --db demo.db ' '
run find --db demo.db none --json
is_code 1
is_out '[]'

# ---- trace
run trace --db demo.db --batch ' SI-1003'
is_table "$head
#581 35 SENSOR-IN 1200 SI-1003 present
#582 - #1581 34 SENSOR-IN 1 2001 - 3000 SI-1003 #581 present"
run trace --db demo.db --batch SI-1003 --json
is_code 0
is_json
is "$(grep -c '^{"item"' out)" 2 'the number of objects'
has out '{"item":582,"count":1000,"name":"34","part":"SENSOR-IN","quantity":"1","serial":"2001","last_serial":"3000","batch":"SI-1003","parent":581,"status":"present"}'
run trace --db demo.db --batch LC-2611
has out '2031-11-30  present'
refuses "no stock item ever carried the batch code 'si-1003'" trace --db demo.db --batch si-1003
refuses 'no stock item ever carried' trace --db demo.db --batch ''
run trace --db demo.db --batch none --json
is_code 1
is_out '[]'

# ---- history, and how items are named
times='s/20[0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z/TIME/'
history() { run history --db "$@" && sed -i "$times" out; }
history demo.db 23
is_table 'time change item quantity other before after from
TIME created #161 12 stock.csv:24'
for name in ' 23 ' '#161' 161 ' #161'; do
  history demo.db "$name"
  has out 'created  #161  12'
done
history demo.db 15  # no row is called so: an id
has out '#13 - #52'
history demo.db 23 --json
is_json
is "$(sed -E 's/sha256:[0-9a-f]{64}/DIGEST/' out)" '[
{"number":'"$(sed -n 's/.*"number":\([0-9]*\),.*/\1/p' out)"',"time":"TIME","change":"created","item":161,"count":1,"quantity":"12","source":"DIGEST stock.csv","line":24,"lines":1}
]' 'the history'
refuses "ITEM: '34' is the name of several stock items, from #582 on; say which of them" history --db demo.db 34
for item in 1585 '#1585' '#0' 0 '#' '' '#23x' x '##1' -- 99999999999999999999 18446744073709551615 18446744073709551614; do
  [[ $item == -- ]] || refuses "ITEM: there is no such stock item: '$item'" history --db demo.db -- "$item"
done
is "$(sha256sum <demo.db)" "$(sha256sum <was.db)" 'the database after looking'

# ---- serialize
run serialize --db demo.db 23 --count 3
is_table "$head
#1585 - #1587 23 GATEWAY-EU 1 GW-0206 - GW-0208 GE-26-3 #161 present"
run serialize --db demo.db 23 --serials '"=1+1", GW-0300+1, ~' --quantity 4 --json
is_code 0
is_json
is "$(grep -o '"serial":"[^"]*"' out | tr -d '\n')" '"serial":"=1+1""serial":"GW-0300""serial":"GW-0209"' 'the first serial numbers'
run serialize --db demo.db 23 --serials '"-5", -6, "+49", SN-98+, GW-0209' # 5 are left: all of them
is_code 1
is_out ''
has err '  GW-0209'
history demo.db 23
has out 'serialized  #161  4         #1588 - #1591'
cp demo.db later.db
refuses $'the range runs backwards: 5 is greater than 1' serialize --db demo.db 23 --serials '5-1'
refuses 'there are fewer serial numbers than the quantity' serialize --db demo.db 23 --serials '~'
run serialize --db demo.db 23 --serials 'GW-0151, GW-0208-GW-0210, GW-0101' --quantity 5
is_code 1
is_out ''
is_err 'tallymark: serial: this serial number is already taken: GW-0151, GW-0208-GW-0210, GW-0101
  GW-0101, held by #56: this serial number is already taken
  GW-0151, held by #106: this serial number is already taken
  GW-0208, held by #1587: this serial number is already taken
  GW-0209, held by #1591: this serial number is already taken'
refuses 'tallymark: quantity: the available quantity is too small' serialize --db demo.db 23 --count 6
refuses 'tallymark: serial: this part takes no serial numbers' serialize --db demo.db 1 --count 6
refuses 'this part takes no serial numbers' serialize --db demo.db 1 --serials '~+1' --quantity 2
refuses 'tallymark: quantity: the quantity must be a whole number: 112.5' serialize --db demo.db 3 --serials 'A+'
refuses 'tallymark: item: the stock item is serialized: 11' serialize --db demo.db 11 --count 1
refuses 'tallymark: item: the stock item is serialized: 11' serialize --db demo.db 11 --serials X
refuses 'ITEM: there is no such stock item' serialize --db demo.db stranger --count 1
misused 'Exactly 1 option' serialize --db demo.db 23
misused 'Exactly 1 option' serialize --db demo.db 23 --count 1 --serials X
misused '--quantity requires --serials' serialize --db demo.db 23 --count 1 --quantity 1
misused "'0' is not a whole number" serialize --db demo.db 23 --count 0
misused 'ITEM is required' serialize --db demo.db --count 1
same demo.db later.db

# ---- split, merge, adjust, remove
run split --db demo.db 1 250.5
is_table "$head
#1592 1 SCREW 250.5 #1 present"
run split --db demo.db '#1592' 0.5 --json
is_json
has out '{"item":1593,"count":1,"name":"1","part":"SCREW","quantity":"0.5","parent":1592,"status":"present"}'
run merge --db demo.db 1 '#1592' '#1593' 2
is_table "$head
#1 1 SCREW 6500 present"
run adjust --db demo.db 1 --take 500
has out ' 6000 '
run adjust --db demo.db 1 --add 0.25
has out ' 6000.25 '
run adjust --db demo.db 1 --count 17 --json
is_json
has out '"quantity":"17"'
run adjust --db demo.db 2 --count 0
is_code 0
run remove --db demo.db '#105'
is_table "$head
#105 19 GATEWAY-EU 1 GW-0150 GE-26-1 removed"
run remove --db demo.db 5 --json
is_json
has out '"status":"removed"'
history demo.db 1
is "$(table | cut -d' ' -f2-)" 'change item quantity other before after from
created #1 4000 stock.csv:2
split #1 250.5 #1592
merged #1 250 #1592
merged #1 0.5 #1593
merged #1 2500 #2
taken #1 500
added #1 0.25
counted #1 17 6000.25' 'the history'
history demo.db '#1593'
is "$(table | cut -d' ' -f2,3,5)" $'change item other\nsplit #1592 #1593\nmerged #1 #1593' 'the history of what was merged'
run find --db demo.db GW-0150
has out '  removed'
run trace --db demo.db --batch GE-26-1
is "$(wc -l <out)" 3 'the number of lines'
cp demo.db later.db
refuses 'tallymark: quantity: the available quantity is too small: 18' split --db demo.db 1 18
refuses 'tallymark: quantity: that is the whole quantity; nothing would be left: 17' split --db demo.db 1 17
refuses 'tallymark: quantity: the quantity is zero: 0' split --db demo.db 1 0
refuses $'1.x\n  ^ this is not a number' split --db demo.db 1 1.x
refuses 'the number is negative' split --db demo.db 1 -- -1
refuses 'tallymark: item: the stock item is serialized: 11' split --db demo.db 11 1
refuses 'tallymark: item: the stock items belong to different parts: 3' merge --db demo.db 1 2 3
refuses 'tallymark: item: the stock items belong to different batches: 4' merge --db demo.db 3 4
refuses 'tallymark: item: the same stock item is given twice: #2' merge --db demo.db 1 2 '#2'
refuses 'tallymark: item: the stock item is serialized: 11' merge --db demo.db 11 12
refuses 'tallymark: item: the stock item was removed: 5' merge --db demo.db 6 5
refuses "ITEM: there is no such stock item: 'x'" merge --db demo.db 1 2 x
misused 'FROM is required' merge --db demo.db 1
refuses 'tallymark: quantity: the available quantity is too small: 18' adjust --db demo.db 1 --take 18
refuses 'tallymark: quantity: the quantity is zero: 0' adjust --db demo.db 1 --add 0
refuses 'the quantity is too large' adjust --db demo.db 1 --add 10000000000000
refuses 'a quantity has at most five decimal places' adjust --db demo.db 1 --count 0.000001
refuses 'tallymark: item: the stock item is serialized: 11' adjust --db demo.db 11 --add 1
misused 'Exactly 1 option' adjust --db demo.db 1
misused 'Exactly 1 option' adjust --db demo.db 1 --add 1 --take 1
refuses 'tallymark: item: the stock item was removed: 5' remove --db demo.db 5
refuses "'19' is the name of several" remove --db demo.db 19
refuses 'this serial number is retired' serialize --db demo.db 23 --serials GW-0150 --quantity 1
same demo.db later.db
whole demo.db
is "$("$tool" stats --db demo.db --json)" '{"parts":12,"items":1593,"serials":1579,"batches":15}' 'what there is now'

# ---- serials: natural order, formulas, statuses
run serials --db demo.db GATEWAY
is_code 0
is_err ''
is "$(head -n 3 out)" $'serial,item,part,batch,status\n\'=1+1,1588,GATEWAY-EU,GE-26-3,present\nGW-0001,53,GATEWAY-EU,PILOT,present' 'the first lines'
is "$(grep -c ,removed out)" 1 'how many are removed'
has out 'GW-0150,105,GATEWAY-EU,GE-26-1,removed'
is "$(tail -n 1 out | cut -d, -f1)" PROTO-7 'the last serial number'
is "$(grep -o '^GW-[0-9]*' out | sort -C && echo sorted)" sorted 'the order'
rows=$(($(wc -l <out) - 1))
run serials --db demo.db GATEWAY --format json
is_code 0
is_json
is "$(grep -c '^{"serial":' out)" "$rows" 'the number of objects'
has out '{"serial":"=1+1","item":1588,"part":"GATEWAY-EU","batch":"GE-26-3","status":"present"}'
run serials --db demo.db GATEWAY-US  # only its own
is "$(cut -d, -f3 out | sort -u | tr '\n' ' ')" 'GATEWAY-US part ' 'whose units'
is "$(wc -l <out)" 32 'the number of lines'
accepts 'serial,item,part,batch,status' serials --db demo.db SCREW --format csv
accepts '[]' serials --db demo.db SCREW --format json
refuses "PART: there is no such part: 'SENSOR-XL'" serials --db demo.db SENSOR-XL
misused 'xml' serials --db demo.db SCREW --format xml

cat >parts.csv <<'CSV'
part,variant_of
A,
A1,A
A2,A1
B,
CSV
cat >stock.csv <<'CSV'
part,quantity,serial,serials,item
A1,3,,9-11,x
A,4,,098-101,
A2,2,,SN-98+,12
B,1,9,,
A2,1,-5,,3
A,1,+49,,
A,1,@home,,
A,1,18446744073709551614,,
A,1,=HYPERLINK(1;2),,"a, ""b"""
CSV
for scope in part-tree part global; do
  sed "s/^B,1,9,/B,1,$([[ $scope == global ]] && echo b9 || echo 9),/" stock.csv >this.csv
  run import --parts parts.csv --stock this.csv --db $scope.db --scope $scope --json
  is_code 0
  run serials --db $scope.db A
  is "$(tail -n +2 out | cut -d, -f1,3)" $'9,A1\n10,A1\n11,A1\n098,A\n099,A\n100,A\n101,A
+49,A\n-5,A2\n18446744073709551614,A\n"\'=HYPERLINK(1;2)",A\n\'@home,A\nSN-98,A2\nSN-99,A2' "the order in $scope"
  run find --db $scope.db 9
  is "$(table | tail -n +2 | cut -d' ' -f2-4 | tr '\n' ';')" \
    "$([[ $scope == global ]] && echo 'x A1 1;' || echo 'x A1 1;B 1 9;')" "who holds 9 in $scope"
  whole $scope.db
done
# each part has numbers of its own: one that exists twice is listed twice, in the order of the items
run import --parts parts.csv --stock <(printf 'part,quantity,serials\nA2,3,10+\nA,3,8+\n') --db part.db
run serials --db part.db A
is "$(sed -n '2,10p' out | cut -d, -f1,3 | tr '\n' ' ')" '8,A 9,A1 9,A 10,A1 10,A2 10,A 11,A1 11,A2 12,A2 ' 'the order of what is there twice'
# a name wins over an id; the sign makes it an id; names are any text
history part-tree.db 3
has out ' this.csv:5-10'
history part-tree.db '#3'
has out '  this.csv:2'
history part-tree.db 'a, "b"'
is_code 0
refuses "'12' is the name of several stock items, from #8 on" history --db part-tree.db 12

# a million serial numbers are not kept as text
printf 'part,quantity,serials\nB,1000000,M-1+\n' >million.csv
run import --parts parts.csv --stock million.csv --db million.db
is_code 0
limit=60000
(ulimit -v $limit && "$tool" --version) >out 2>&1 || limit=unlimited  # sanitizers take terabytes
what='tallymark serials of a million' code=0
(ulimit -v $limit && exec "$tool" serials --db million.db B) >out 2>err || code=$?
is_code 0
is_err ''
is "$(wc -l <out)" 1000001 'the number of lines'
is "$(tail -n 1 out)" M-1000000,1000000,B,,present 'the last line'
(trap '' PIPE && "$tool" serials --db million.db B 2>err | head -n 2 >out)
is_err ''

# several at a time: each gets serial numbers of its own
cp was.db together.db
for i in {1..8}; do "$tool" serialize --db together.db 23 --count 1 --json >"out.$i" 2>"err.$i" & done
wait
is "$(cat err.*)" '' 'what went wrong'
is "$(cat out.[1-8] | grep -o '"serial":"[^"]*"' | sort | tr -d '\n')" \
  "$(printf '"serial":"GW-%04d"' {206..213})" 'the serial numbers of all'
whole together.db
history together.db 23
is "$(grep -c serialized out)" 8 'the number of changes'

# ---- the file
for command in 'find 1' 'trace --batch 1' 'history 1' 'serialize 1 --count 1' 'split 1 1' 'merge 1 2' 'adjust 1 --add 1' 'remove 1' \
  'serials GATEWAY' stats check; do
  # shellcheck disable=SC2206
  words=($command)
  misused 'none.db: there is no such journal' "${words[0]}" --db none.db "${words[@]:1}"
  is "$(find . -name 'none.db*')" '' 'what was made'
  printf 'no database, but long enough to be looked at\n%.0s' {1..100} >text.db
  refuses 'text.db: this is not a stock journal' "${words[0]}" --db text.db "${words[@]:1}"
  misused 'the name is empty' "${words[0]}" --db '' "${words[@]:1}"
  [[ $command == check ]] || misused '--db is required' "${words[@]}"
done
is "$(sort -u text.db)" 'no database, but long enough to be looked at' 'the text'
mkfifo pipe
for file in . pipe; do
  misused "$file: the journal cannot be opened or read" stats --db $file
  misused "$file: the journal cannot be opened or read" adjust --db $file 1 --add 1
  misused "$file: the journal cannot be opened or read" check --db $file
done
head -c 20000 demo.db >cut.db
run stats --db cut.db
is_code 1
is_out ''
has err 'cut.db: the journal is damaged'
refuses 'cut.db: the journal is damaged' check --db cut.db

# check: findings
if command -v sqlite3 >/dev/null; then
  cp was.db wrong.db
  sqlite3 wrong.db 'UPDATE items SET batch = 99 WHERE first = 3; UPDATE items SET last_serial = "X" WHERE first = 13;'
  run check --db wrong.db
  is_code 1
  has out 'items'
  has_not out ok
  run check --db wrong.db --json
  is_code 1
  is_json
  has out '{"ok":false,"findings":[{"where":"'
  # a serial number that an item had before it was given another one, as a program of the library can do
  cp was.db former.db
  sqlite3 former.db "INSERT INTO history(number, at, what, item, count, steps, before, after)
    SELECT max(number) + 1, max(at), 'serial_changed', 10, 1, 100000, 'PS-0001', 'PS-0981' FROM history;"
  run find --db former.db PS-0001
  is_table "$head
#10 11 PSU 1 PS-0981 present"
  run find --db former.db PS-0001 --part PSU
  is_code 0
  refuses 'no stock item holds or held' find --db former.db PS-0001 --part GATEWAY
  # somebody else is writing: looking goes on, changing waits for five seconds
  cp demo.db busy.db
  mkfifo hold
  sqlite3 busy.db <hold >/dev/null &
  exec 9>hold
  echo 'BEGIN IMMEDIATE; UPDATE state SET version = version;' >&9
  sleep 1
  run stats --db busy.db
  is_code 0
  refuses 'busy.db: another process has locked the journal' adjust --db busy.db 1 --add 1
  echo 'ROLLBACK;' >&9
  exec 9>&-
  wait
  run adjust --db busy.db 1 --add 1
  is_code 0
fi
misused 'SCHEME excludes --db' check luhn --db demo.db
misused 'SCHEME is required' check

# a file that cannot be written to
cp demo.db locked.db
chmod 444 locked.db
as_nobody=()
if [[ $(id -u) == 0 ]]; then
  as_nobody=(setpriv --reuid=65534 --clear-groups)
  chmod 755 "$work"
fi
if [[ $(id -u) != 0 ]] || "${as_nobody[@]}" test -x "$tool" 2>/dev/null; then
  what='tallymark adjust on a file that cannot be written to' code=0
  "${as_nobody[@]}" "$tool" adjust --db locked.db 1 --add 1 >out 2>err || code=$?
  is_code 1
  is_out ''
  has err 'locked.db: the journal cannot be written to'
  is "$(sha256sum <locked.db)" "$(sha256sum <demo.db)" 'the file'
fi
# ---- a database of other policies: it is read, and changed by nothing
cp was.db foreign.db
sqlite3 foreign.db "UPDATE policies SET name = 'prefixed_serial<\"SN-\",6>' WHERE slot = 'serials'; ALTER TABLE items ADD COLUMN data_site TEXT; UPDATE items SET data_site = 'Kiel'"
before=$(sha256sum <foreign.db)
same was.db foreign.db
whole foreign.db
is "$(sha256sum <foreign.db)" "$before" 'the file after it was read'
for command in "split 1 1" "serialize 1 --count 1" "adjust 1 --add 1" "remove 1"; do
  # shellcheck disable=SC2086
  refuses "its serial numbers are those of 'prefixed_serial<\"SN-\",6>', and this command writes those of 'text_serial<>'" \
    ${command} --db foreign.db
done
sqlite3 foreign.db "UPDATE policies SET name = 'text_serial<>' WHERE slot = 'serials'; UPDATE policies SET name = 'per_site' WHERE slot = 'scope'"
refuses "unique within the scope 'per_site'" split 1 1 --db foreign.db
sqlite3 foreign.db "UPDATE policies SET name = 'prefixed_serial<\"SN-\",6>' WHERE slot = 'serials'; UPDATE policies SET name = 'unique_per_part_tree' WHERE slot = 'scope'"
is "$(ls foreign.db-* 2>/dev/null)" '' 'what is beside the database'

# ---- columns of a program stay as they are, also where a block is cut
cp was.db shared.db
sqlite3 shared.db "ALTER TABLE items ADD COLUMN data_site TEXT; UPDATE items SET data_site = 'Kiel'"
run remove 600 --db shared.db
is_code 0
is "$(sqlite3 shared.db "SELECT count(*) FROM items WHERE data_site IS NOT 'Kiel'")" 0 'blocks that lost what a program keeps'
whole shared.db

finish
