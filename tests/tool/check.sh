#!/usr/bin/env bash
# The command `check`.
source "$(dirname "${BASH_SOURCE[0]}")/support.bash" "$@"

# valid: the parts are told
accepts 'valid: ordinal 4992739871, check 6' check luhn 49927398716
accepts 'valid: family SN-, ordinal 42' check text SN-0042
accepts 'valid: family QQQ' check text QQQ
accepts 'valid: family -, ordinal 6' check text -- -6
accepts 'valid: ordinal 42' check hex 0000002A
accepts 'valid: family 1M8GDM9A, tail KP, ordinal 42788, check X' check vin 1M8GDM9AXKP042788
accepts 'valid: family 017f22e2-79b0-7cc3, ordinal 1784793296645077391, date 2022-02-22T19:22:22.000Z' \
  check uuidv7 017f22e2-79b0-7cc3-98c4-dc0c0c07398f
accepts 'valid: family 37, ordinal 915867012091964, date 2022-01-31T23:12:24.749Z, worker 37, sequence 60' \
  check snowflake-discord 937847820382261308
accepts 'valid, written 0024-9319: ordinal 24931, check 9' check issn 00249319
accepts 'valid, written 1A5: ordinal 42, check 5' check crockford32 ia5
accepts 'valid, written 42: ordinal 42' check integer ' 42 '
accepts 'valid: check 22' check gs1-pair 22
# other spellings of what looks into the text: each byte is written as it is issued
accepts 'valid, written 017f22e2-79b0-7cc3-98c4-dc0c0c07398f: family 017f22e2-79b0-7cc3, ordinal 1784793296645077391, date 2022-02-22T19:22:22.000Z' \
  check uuidv7 017F22E2-79B0-7CC3-98C4-DC0C0C07398F
accepts 'valid, written 01ARZ3NDEKTSV4RRFFQ69G5FAV: family 01ARZ3NDEKTSV4, ordinal 892257781510487387, date 2016-07-30T23:54:10.259Z' \
  check ulid oIarz3ndektsv4rrffq69g5fav
accepts 'valid, written 1M8GDM9AXKP042788: family 1M8GDM9A, tail KP, ordinal 42788, check X' check vin 1m8gdm9axkp042788
accepts 'valid, written 354178036859789: family 35417803, ordinal 685978, check 9' check imei 35-417803-685978-9
accepts 'valid, written 352099001761481: family 35209900, ordinal 176148, check 1' check imei ' 35 209900 176148 1'
accepts 'valid, written 3074257BF7194E4000001A85: family 80614141123458, ordinal 6789, gtin 80614141123458, serial 6789, filter 3, prefix_digits 7' \
  check sgtin96 3074257bf7194e4000001a85
refuses $'35-417803-685978-1\n                 ^ the check character is wrong: expected \'9\'' check imei 35-417803-685978-1
refuses $'35-417803-685978\n                ^ the check character is missing: expected \'9\'' check imei 35-417803-685978
refuses $'35-2099b0-176148-1\n       ^ this is not a serial number of this kind' check imei 35-2099b0-176148-1
refuses $'01arz3ndektsv4rrffq69g5fau\n                         ^ this is not a serial number of this kind' check ulid 01arz3ndektsv4rrffq69g5fau
refuses "the check character is missing: expected '8'" check imei 49015420323751
refuses "the check character is missing: expected '3'" check isbn13 978-1-85798-218
# a check character that is a blank: 1 + 37 = 38
accepts 'valid: family 1., check  ' check code39-mod43 '1. '
accepts 'valid, written AB-123K: family AB-, ordinal 123, check K' check code39-mod43 ' AB-123K '
refuses "expected ' '" check code39-mod43 '1.%'
is_json() { local wanted=$1 code=$2 && shift 2 && run check --json "$@" && is_code "$code" && is_out "$wanted" && is_err ''; }
is_json '{"scheme":"hibc","text":"+A123BJC5D6E6N1 ","valid":true,"family":"+A123BJC5D6E6N1 ","check":" "}' 0 hibc '+A123BJC5D6E6N1 '

# invalid: what is wrong, where, and what would be right
refuses $'49927398717\n          ^ the check character is wrong: expected \'6\'' check luhn 49927398717
refuses $'5GZCZ43D23S812715\n        ^ the check character is wrong: expected \'1\'' check vin 5GZCZ43D23S812715
refuses $'12345x8\n     ^ check characters cannot be computed for this character' check luhn 12345x8
refuses 'this is not a serial number of this kind' check hex 0000002G

# as JSON: one object
is_json '{"scheme":"luhn","text":"49927398716","valid":true,"ordinal":4992739871,"check":"6"}' 0 luhn 49927398716
is_json '{"scheme":"luhn","text":"49927398717","valid":false,"error":"the check character is wrong","at":10,"length":1,"right":"6"}' \
  1 luhn 49927398717
is_json '{"scheme":"text","text":"SN-0042","valid":true,"family":"SN-","width":4,"ordinal":42}' 0 text SN-0042
is_json '{"scheme":"text","text":"QQQ","valid":true,"family":"QQQ"}' 0 text QQQ
is_json '{"scheme":"vin","text":"1M8GDM9AXKP042788","valid":true,"family":"1M8GDM9A","tail":"KP","width":6,"ordinal":42788,"check":"X"}' \
  0 vin 1M8GDM9AXKP042788
is_json '{"scheme":"ulid","text":"01ARZ3NDEKTSV4RRFFQ69G5FAV","valid":true,"family":"01ARZ3NDEKTSV4","ordinal":892257781510487387,"date":"2016-07-30T23:54:10.259Z"}' \
  0 ulid 01ARZ3NDEKTSV4RRFFQ69G5FAV
is_json '{"scheme":"snowflake-discord","text":"937847820382261308","valid":true,"family":"37","ordinal":915867012091964,"date":"2022-01-31T23:12:24.749Z","worker":"37","sequence":"60"}' \
  0 snowflake-discord 937847820382261308
is_json '{"scheme":"issn","text":"00249319","valid":true,"canonical":"0024-9319","ordinal":24931,"check":"9"}' 0 issn 00249319
is_json '{"scheme":"eui48","text":"0016.3e00.002a","valid":true,"canonical":"00-16-3E-00-00-2A","ordinal":95529467946,"address":"individual","administered":"universally"}' \
  0 eui48 0016.3e00.002a
is_json '{"scheme":"text","text":"a\"\\\u0001","valid":false,"error":"the text contains a control character","at":3,"length":1}' 1 text $'a"\\\x01'
is_json $'{"scheme":"text","text":"SN\xef\xbf\xbd","valid":false,"error":"the text is not valid UTF-8","at":2,"length":1}' 1 text $'SN\xff'

# what users get wrong
misused "there is no scheme 'lunh'; did you mean 'luhn'?" check lunh 1
misused "there is no scheme 'ISBN-13'; did you mean 'isbn13'?" check ISBN-13 9781857982183
misused "there is no scheme 'iso7064'; did you mean 'iso7064-mod11-2' or 'iso7064-mod37-2' or " check iso7064 1
misused 'there is no scheme' check kangaroo 1
misused 'there is no scheme' check '' 1
misused 'TEXT is required' check luhn
misused 'SCHEME is required' check
misused 'not expected' check luhn 18 26
refuses 'the text is empty' check luhn ''
refuses 'the text is empty' check ulid ' '
refuses 'the check character is missing' check luhn 1
refuses 'the check character is missing' check imei 49015420323751
refuses 'the text is longer than allowed' check text "$(printf '1%.0s' {1..101})"
refuses 'the text contains a control character' check luhn $'4992\t7398716'
refuses 'the text is not valid UTF-8' check luhn $'4992739871\xff'
refuses '^' check ulid 01ARZ3NDEKTSV4RRFFQ69G5FA
refuses '^' check imei 4901542032375188
refuses '^' check uuidv7 "$(printf '1%.0s' {1..100000})"

# published values
while read -r name text; do
  [[ $name ]] || continue
  run check "$name" "$text"
  is_code 0
  is "$(head -c 5 out)" valid 'what is said first'
  is_err ''
done <<'END'
luhn 49927398716
luhn 1428572
luhn 3984382462386423786482364872364827347
imei 490154203237518
imei 356868000041418
imei 354178036859789
damm 5724
damm 13
damm 438812345679
verhoeff 6548
verhoeff 1428570
verhoeff 14285708
gs1-mod10 02345673
gs1-mod10 416000336108
gs1-mod10 1234567890128
gs1-mod10 12345678901231
gs1-mod10 123456789012345675
gs1-mod10 106141411234567897
gs1-mod10 007189085627231896
gs1-mod10 9770264359008
sscc18 106141411234567897
sscc18 007189085627231896
gs1-pair 22
gs1-pair !!22
gs1-pair 1987654Ad4X4bL5ttr2310c2K
gs1-pair 12345678901234567890123NT
gs1-pair 12345_ABCDEFGHIJKLMCP
gs1-pair 12345_NOPQRSTUVWXYZDN
gs1-pair 12345_nopqrstuvwxyzP2
gs1-pair 00000!HV
gs1-pair 12345_0123456789:;<=>?62
gs1-pair 97850l6KZm0yCD
gs1-pair 149512464PM+GH
gs1-pair 515942070CYxLM
gs1-pair 386830132uO+QR
gs1-pair 957813138Sb6UV
gs1-pair 62185314IvwmYZ
gs1-pair 794394895ic045
gs1-pair 0881063PhHvY89
gs1-pair 99999zzzzzzzzzzzzzzzzzzT2
iso7064-mod11-2 07940
iso7064-mod11-2 079X
iso7064-mod11-2 079
iso7064-mod37-2 G123489654321Y
iso7064-mod37-2 G123498654321H
iso7064-mod37-2 A999922123459H
iso7064-mod37-2 1*
iso7064-mod97-10 9999123456789012141490
iso7064-mod97-10 435411161155111431
iso7064-mod97-10 08686001256515001121751
iso7064-mod97-10 2348231RF71
iso7064-mod97-10 539007547034RF18
iso7064-mod97-10 000000000539007547034RF18
iso7064-mod37-36 A12425GABC1234002M
iso7064-mod37-36 123ABX
iso7064-mod37-36 DADPIDA3897722461J
iso7064-mod11-10 07945
iso7064-mod11-10 002006673085
iso7064-mod11-10 002006673093
iso7064-mod11-10 002006673116
iso7064-mod11-10 12323
code39-mod43 AB-123K
code39-mod43 ABCDEFG5
hibc +A123BJC5D6E71G
hibc +H123ABC01234567890D
crockford32 1A5
crockford32 00
crockford32 10*
crockford32 3ZZZZZZ6
isbn10 1857982185
isbn10 0851526292
isbn10 9024538270
isbn13 9781857982183
isbn13 9789024538270
issn 00249319
issn 00321478
issn 02643596
vin 1M8GDM9AXKP042788
vin 11111111111111111
vin 5GZCZ43D13S812715
vin-unchecked WP0ZZZ99ZTS392124
ulid 01ARZ3NDEKTSV4RRFFQ69G5FAV
ulid 0001C7STHC0G2081040G208104
ulid 01BX5ZZKBKACTAV9WEVGEMMVRZ
ulid 01BX5ZZKBKACTAV9WEVGEMMVS0
ulid 7ZZZZZZZZZZZZZZZZZZZZZZZZZ
uuidv7 017f22e2-79b0-7cc3-98c4-dc0c0c07398f
snowflake-discord 937847820382261308
snowflake-discord 90339695967350784
snowflake-discord 105484726235607040
snowflake 937847820382261308
eui48 00-88-88-88-88-88
eui64 02-88-88-FF-FE-88-88-88
sgtin96 3074257BF7194E4000001A85
sgtin96 3034257BF7194E4000003039
sgtin96 3034257BF7194E7FFFFFFFFF
sgtin198 36D4257BF7194E58B266D1A800000000000000000000000000
luhn 78949
verhoeff 2363
verhoeff 123451
verhoeff 1234567890120
gs1-pair !22
gs1-pair 12345_abcdefghijklmN3
iso7064-mod11-2 0000000218250097
iso7064-mod11-10 546794
iso7064-mod11-10 794623
iso7064-mod97-10 536702
iso7064-mod97-10 530397
iso7064-mod97-10 533598
iso7064-mod97-10 3214282912345698765432161182
hibc +A123BJC5D6E71/$$52001510X3C
hibc +A99912345/$$52001510X3/16D20111212/S77DE1G45-
hibc +/EO5232013
hibc +E20831269/$$8020423286539+
crockford32 16JD
crockford32 1-6-J-D
crockford32 la5
isbn10 0-19-963209-X
isbn13 978-3-16-148410-0
issn 2434-561X
imei 350077-52-323751-3
vin 1HGCM82633A004352
END

# published values that are wrong, and what would be right
while read -r name text right; do
  [[ $name ]] || continue
  run check "$name" "$text"
  is_code 1
  is_out ''
  has err "expected '$right'"
  run check "$name" "$text" --json
  is_code 1
  has out "\"valid\":false,"
  has out "\"right\":\"$right\"}"
done <<'END'
gs1-mod10 12345673 0
gs1-mod10 416000336109 8
gs1-mod10 1234567890129 8
gs1-mod10 12345678901232 1
gs1-mod10 123456789012345670 5
gs1-pair 33 22
gs1-pair 1987654Ad4X4bL5ttr2310c2X 2K
imei 354178036859781 9
iso7064-mod97-10 539007547034RF68 18
vin 5GZCZ43D23S812715 1
vin WP0ZZZ99ZTS392124 8
hibc +A123BJC5D6E71F G
luhn 4992739871 2
verhoeff 2369 3
verhoeff 1234567890129 0
iso7064-mod11-10 002006673084 5
crockford32 16J1 D
isbn13 9789024538271 0
isbn13 979-20-1234567-8 5
issn 0032147X 8
END

# of every scheme with check characters: none but the right ones pass, and they are told
run schemes
cp out lines
checks_known=0
while read -r name example _; do
  run check "$name" "$example" --json
  right=$(sed -nE 's/.*"check":"([^"]*)".*/\1/p' out)
  [[ $right ]] || continue
  checks_known=$((checks_known + 1))
  before=${example:0:8} after=${example:9}
  [[ $name == vin ]] || before=${example:0:${#example}-${#right}} after=
  for wrong in 0 1 2 3 4 5 6 7 8 9; do
    [[ ${#right} == 1 ]] || wrong=2$wrong
    [[ $wrong != "$right" ]] || continue
    printf '%s\n' "$before$wrong$after"
  done >mutated
  what="tallymark check $name - <mutated" code=0
  "$tool" check "$name" - --json <mutated >out 2>err || code=$?
  is_code 1
  is "$(grep -cF "\"error\":\"the check character is wrong\",\"at\":${#before},\"length\":${#right},\"right\":\"$right\"}" out)" \
    "$(wc -l <mutated)" "how many of $name are wrong at their check"
done <lines
is "$((checks_known >= 19))" 1 'whether most schemes with a check were tried'

# many texts: one result a line
what='tallymark check luhn -' code=0
printf '49927398716\r\n\n  1428572  \n49927398717\nx\x01y\n26' | "$tool" check luhn - >out 2>err || code=$?
is_code 1
is_err ''
is_out "$(printf '%s\t%s\t%s\n' valid 49927398716 'ordinal 4992739871, check 6' valid 1428572 'ordinal 142857, check 2' \
  invalid 49927398717 "byte 11: the check character is wrong: expected '6'" \
  invalid 'x?y' 'byte 2: the text contains a control character' valid 26 'ordinal 2, check 6')"
code=0
printf '18\n26' | "$tool" check luhn - --json >out 2>err || code=$?
is_code 0
is_out '{"scheme":"luhn","text":"18","valid":true,"ordinal":1,"check":"8"}
{"scheme":"luhn","text":"26","valid":true,"ordinal":2,"check":"6"}'
code=0
printf '\n\n' | "$tool" check luhn - >out 2>err || code=$?
is_code 1
is_err 'tallymark: there is no text in standard input'
code=0
head -c 30000000 /dev/zero | tr '\0' 7 | "$tool" check luhn - >out 2>err || code=$?
is_code 1
has out 'the text is longer than allowed'
code=0
seq 1000000 | "$tool" check integer - >out 2>err || code=$?
is_code 0
is "$(wc -l <out)" 1000000 'the number of results'
(trap '' PIPE && seq 1000000 2>/dev/null | "$tool" check integer - 2>err | head -n 1 >out)
is_err ''

if command -v python3 >/dev/null; then
  code=0
  printf '49927398716\n49927398717\n\xff"\\\n' | "$tool" check luhn - --json >out 2>err || code=$?
  is "$(python3 -c 'import json; print([json.loads(line)["valid"] for line in open("out", encoding="utf-8")])' 2>&1)" \
    '[True, False, False]' 'what is read of it'
fi
finish
