#!/usr/bin/env bash
# A program of the library and the tool share a database: program.cpp makes, opens and changes what the tool works on,
# and the other way round.
source "$(dirname "${BASH_SOURCE[0]}")/support.bash" "$@"
data=$source/examples/data
program=${3:-}
[[ -z $program ]] || program=$(cd "$here" && realpath "$program")

# program_does <kind> <action> <file> [numbers]
program_does() { what="program ${*@Q}" code=0 && { timeout 120 "$program" "$@" >out 2>err || code=$?; } && is_code 0 && is_err ''; }
# holds 'a line of what the program lists'
holds() { checks=$((checks + 1)) && { grep -qxF -- "$1" out || fail "there is no line '$1'" "$(cat out)"; }; }
alone() { is "$(find . -name "$1-*")" '' "what is beside $1"; }
whole() { run check --db "$1" && is_code 0 && has out 'ok: '; }

# commands that read change nothing, and leave nothing beside the file
reads() {
  local file=$1 serial=$2 before command
  before=$(sha256sum <"$file")
  whole "$file"
  has out 'ok: 1 parts, 7 items, 6 serials, 1 batches'
  accepts '{"parts":1,"items":7,"serials":6,"batches":1}' stats --db "$file" --json
  for command in "find $serial" 'trace --batch B-7' 'history 1' 'serials motor'; do
    # shellcheck disable=SC2086
    run $command --db "$file"
    is_code 0
  done
  run find --db "$file" "$serial" --json
  has out "\"serial\":\"$serial\""
  is "$(sha256sum <"$file")" "$before" "$file after it was read"
  alone "$file"
}

# ---- the program makes, the tool reads and changes, the program goes on
for kind in plain members; do
  program_does $kind make $kind.db
  alone $kind.db
  reads $kind.db 3
  for command in 'split 1 10' 'serialize 1 --count 2' 'adjust 1 --add 1' 'remove #3'; do
    # shellcheck disable=SC2086
    run $command --db $kind.db
    is_code 0
    is_err ''
  done
  alone $kind.db
  whole $kind.db
  program_does $kind split $kind.db 1 3
  program_does $kind serialize $kind.db 1 1
  program_does $kind open $kind.db
  is "$(cut -d' ' -f1-6 out | sed 's/ [A-Z][A-Z]*$//; s/ *$//')" '1 motor 479 - B-7
2 motor 1 1 B-7
3 motor 1 2 B-7 removed
4 motor 1 3 B-7
5 motor 1 4 B-7
6 motor 1 5 B-7
7 motor 1 6 B-7
8 motor 10 - B-7
9 motor 1 7 B-7
10 motor 1 8 B-7
11 motor 3 - B-7
12 motor 1 9 B-7' "what $kind has in the end"
  whole $kind.db
  alone $kind.db
done
program_does members open members.db
# its own members are as it wrote them, also in a block that the tool cut
holds '1 motor 479 - B-7 KIEL 7'
holds '2 motor 1 1 B-7 KIEL 7'
holds '3 motor 1 2 B-7 removed KIEL 7'
holds '7 motor 1 6 B-7 KIEL 7'
# what the tool split has those of the item it was split from
holds '8 motor 10 - B-7 KIEL 7'
holds '9 motor 1 7 B-7 KIEL 7'
holds '10 motor 1 8 B-7 KIEL 7'

# ---- a program that counts by ten: its units are one run, also where the tool reads them
program_does tens make tens.db
alone tens.db
reads tens.db 21
for serial in 1 11 31 41 51; do
  run find --db tens.db "$serial"
  is_code 0
done
refuses "no stock item holds or held '2'" find --db tens.db 2
refuses "no stock item holds or held '61'" find --db tens.db 61
run serials --db tens.db motor
is_code 0
is "$(tail -n +2 out | cut -d, -f1 | tr '\n' ' ')" '1 11 21 31 41 51 ' 'the serial numbers by ten'
run serialize --db tens.db 1 --count 2
is_code 0
run remove --db tens.db '#4'
is_code 0
program_does tens serialize tens.db 1 2
program_does tens open tens.db
is "$(cut -d' ' -f1-4 out | tail -n +2)" '2 motor 1 1
3 motor 1 11
4 motor 1 21
5 motor 1 31
6 motor 1 41
7 motor 1 51
8 motor 1 52
9 motor 1 53
10 motor 1 63
11 motor 1 73' 'what the program that counts by ten has in the end'
whole tens.db
alone tens.db

# ---- other policies: read by all, changed by their own program alone
program_does own make own.db
cp own.db was.db
reads own.db SN-000001
for command in 'split 1 10' 'serialize 1 --count 2' 'serialize 1 --serials X --quantity 1' 'adjust 1 --add 1' 'merge 1 2' 'remove 3'; do
  # shellcheck disable=SC2086
  refuses "own.db: the journal was written under other policies: its serial numbers are those of 'prefixed_serial<\"SN-\",6>', and this command writes those of 'text_serial<>'" \
    ${command} --db own.db
done
refuses "its serial numbers are those of 'prefixed_serial<\"SN-\",6>', and this command writes those of 'text_serial<>'" \
  import --parts "$data/parts.csv" --stock "$data/stock.csv" --db own.db
what='program plain open own.db' code=0
"$program" plain open own.db >out 2>err || code=$?
is_code 1
is_err 'journal: the journal was written under other policies'
is "$(sha256sum <own.db)" "$(sha256sum <was.db)" 'own.db after all that was refused'
alone own.db
program_does own serialize own.db 1 1
program_does own open own.db
holds '8 motor 1 SN-000007 B-7'

# a scheme that the tool does not have: it says what it could not compare
if command -v sqlite3 >/dev/null; then
  cp was.db unknown.db
  sqlite3 unknown.db "UPDATE policies SET name = 'colours' WHERE slot = 'serials';
    UPDATE items SET first_serial = 'red', last_serial = 'blue' WHERE first = 2"
  run find --db unknown.db blue
  is_code 0
  is_err ''
  has out '#7 '
  refuses "no stock item holds or held 'green'" find --db unknown.db green
  has err 'unknown.db: 4 serial numbers within runs were not compared: the scheme that wrote them is not known here'
  run serials --db unknown.db motor
  is_code 1
  has err 'unknown.db: 4 serial numbers within runs are left out'
fi

# ---- the tool makes, programs open and change, the tool goes on
run import --parts "$data/parts.csv" --stock "$data/stock.csv" --db import.db --json --rejects rejects.csv
alone import.db
for kind in plain members; do
  program_does $kind open import.db
  program_does $kind create import.db
  program_does $kind split import.db 1 5
  program_does $kind serialize import.db 581 1
  whole import.db
  alone import.db
done
program_does members open import.db
holds "$(grep '^1588 ' out)"
is "$(sed -n '1p;105p;1585p;1588p' out)" '1 SCREW 3990 - - HAM 1
105 GATEWAY-EU 1 GW-0150 GE-26-1 HAM 1
1585 GATEWAY 30 - - HAM 1
1588 GATEWAY 30 - - BONN 2' 'items of the tool and of the program'
accepts $'[\n{"item":105,"count":1,"name":"19","part":"GATEWAY-EU","quantity":"1","serial":"GW-0150","batch":"GE-26-1","status":"present"}\n]' \
  find --db import.db GW-0150 --json
run split --db import.db '#1588' 3
is_code 0
run import --parts "$data/parts.csv" --stock <(printf 'part,quantity,item\nCABLE,7,after\n') --db import.db
is_code 0
run history --db import.db after
is_code 0
program_does members open import.db
holds '1588 GATEWAY 27 - - BONN 2'
holds '1592 CABLE 7 - - HAM 1'
whole import.db
alone import.db

# ---- a file and a folder that cannot be written to, by another user
as_other=()
[[ $(id -u) != 0 ]] || as_other=(setpriv --reuid=65534 --clear-groups)
chmod 755 "$work"
if "${as_other[@]}" test -x "$tool" 2>/dev/null; then
  mkdir sealed
  cp was.db sealed/stock.db
  chmod 444 sealed/stock.db
  chmod 555 sealed
  for command in check 'stats' 'find SN-000003' 'history 1' 'serials motor'; do
    what="tallymark $command as another user" code=0
    # shellcheck disable=SC2086
    "${as_other[@]}" "$tool" $command --db sealed/stock.db >out 2>err || code=$?
    is_code 0
    is_err ''
  done
  is "$(ls sealed)" stock.db 'what is in the sealed folder'
  is "$(sha256sum <sealed/stock.db)" "$(sha256sum <was.db)" 'the sealed file'
  chmod 755 sealed
else
  echo 'skipped: another user cannot run the tool here'
fi

finish
