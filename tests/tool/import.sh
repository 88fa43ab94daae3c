#!/usr/bin/env bash
# The command `import` on files in which everything is right, and on the bundled example.
source "$(dirname "${BASH_SOURCE[0]}")/support.bash" "$@"

cat >parts.csv <<'CSV'
name,trackable,part,variant_of
Lamp 2,true,L2,L
Lamp,true,L,
Bulb,,B,
Screw,false,S,
Lamp 3,TRUE,L3,L2
CSV
cat >stock.csv <<'CSV'
part,quantity,batch,serial,serials,item,parent,expiry_date,shelf
L,1,B1,LA-1,,1,,,A
L2,1,B1,LA-2,,2,1,,A
L3,3,B2,,LA-7+,3,,2027-12-31,"B, left"
B,2.50000,,,,,,,
S,12.34567,B2,,,4,,,
L,2,,,~+1,5,6,,
L,1,,QQQ,,6,,,
CSV
imports parts.csv stock.csv
is_code 0
is_err ''
counted 7 10 0
is "$(json parts) $(json serials) $(json batches)" '5 8 2' 'parts, serials, batches'
is_out '{
  "parts": 5,
  "rows": 7,
  "items": 10,
  "serials": 8,
  "batches": 2,
  "rejected": 0,
  "rejected_by_reason": {},
  "next": {
    "L": "LA-12"
  }
}'
is "$(cat rejects.csv)" 'file,line,column,reason,value,part,quantity,batch,serial,serials,item,parent,expiry_date,shelf,name,trackable,variant_of' 'the rejects file'

# the table says the same
run import --parts parts.csv --stock stock.csv
is_code 0
is_err ''
is "$(sed 's/  *$//; /per second/d' out | tr -s ' ')" $'parts 5\nrows 7\nitems 10\nserials 8\nbatches 2\nrejected 0\nnext serial\n L LA-12' 'the table'
is "$(grep -cE '^rows per second +[0-9,]+$' out)" 1 'the number of lines about the speed'
run import --stock <(cat stock.csv) --parts <(cat parts.csv)
is_code 0

# where serial numbers are unique
printf 'part,variant_of\nA,\nA1,A\nB,\nC,\n' >parts.csv
printf 'part,quantity,serial\nA,1,7\nA1,1,7\nB,1,7\nB,1,7\nC,1,\n' >stock.csv
next() { sed -n '/"next"/,$p' out | tr -d ' \n'; }
for scope in part-tree part global; do
  imports parts.csv stock.csv --scope $scope
  is_code 1
  case $scope in
    part-tree) counted 5 3 2 && is "$(next)" '"next":{"A":"8","B":"8"}}' 'the next serial numbers' ;;
    part) counted 5 4 1 && is "$(next)" '"next":{"A":"8","A1":"8","B":"8"}}' 'the next serial numbers' ;;
    global) counted 5 2 3 && is "$(next)" '"next":{"A":"8"}}' 'the next serial numbers' ;;
  esac
  rejected 'stock,5,serial,this serial number is already taken,7'
done

# parents: in any order, blocks of any depth
{ echo item,part,quantity,parent; for i in {1..3000}; do echo "$i,A,1,$((i + 1))"; done; echo 3001,A,1,; } >stock.csv
imports parts.csv stock.csv
is_code 0
counted 3001 3001 0

# a million units are one row
printf 'part,quantity,serials\nA,1000000,"1-999999, X"\nB,4000000000,SN-1+\n' >stock.csv
imports parts.csv stock.csv
is_code 0
counted 2 4001000000 0
has out '"B": "SN-4000000001"'

# the bundled example has mistakes in it
data=$source/examples/data
run import --parts "$data/parts.csv" --stock "$data/stock.csv"
is_code 1
is "$(wc -l <err)" 7 'the number of messages'
has err 'examples/data/stock.csv:22: serial: this serial number is already taken: GW-0150'
has err 'examples/data/stock.csv:29: serials: the range runs backwards: 1480-1471'
imports "$data/parts.csv" "$data/stock.csv"
is_code 1
counted 40 1584 7
has out '"GATEWAY": "GW-0206"'

# a progress line only where somebody can see it
if script -qec true /dev/null >/dev/null 2>&1; then
  printf 'part\nA\n' >parts.csv
  mkfifo slow.csv
  timeout 60 bash -c '{ echo part,quantity; yes A,1 | head -n 20000; sleep 0.5; yes A,1 | head -n 20000; } >slow.csv' &
  what='import on a terminal'
  script -qec "'$tool' import --parts parts.csv --stock slow.csv >out" /dev/null >err </dev/null
  wait
  is "$(grep -c '^rows  *40,000' out)" 1 'the number of tables'
  has err $'\r20480 rows, 0 refused'
fi
finish
