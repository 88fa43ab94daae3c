#!/usr/bin/env bash
# The command `schemes`, and that the README shows what it prints.
source "$(dirname "${BASH_SOURCE[0]}")/support.bash" "$@"

run schemes
is_code 0
is_err ''
names=$(awk '{ print $1 }' out)
is "$(sort <<<"$names" | uniq -d)" '' 'what is there twice'
wanted='text integer luhn damm verhoeff gs1-mod10 gs1-pair iso7064-mod11-2 iso7064-mod37-2 iso7064-mod97-10
iso7064-mod11-10 iso7064-mod37-36 code39-mod43 hibc crockford32 isbn10 isbn13 issn imei vin sscc18 sgtin96 sgtin198 ulid
uuidv7 snowflake eui48 eui64 hex base33'
for name in $wanted; do is "$(grep -cxF -- "$name" <<<"$names")" 1 "how often $name is there"; done

# each line is a name, an example that is valid, and a sentence
cp out lines
while read -r name example about; do
  is "${about:+there}" there "the sentence of $name"
  run check "$name" "$example"
  is_code 0
  is "$(head -c 5 out)" valid "what is said of the example of $name"
  is_err ''
done <lines

# the same as JSON
run schemes --json
is_code 0
is "$(sed -nE 's/^ *"name": "(.*)",$/\1/p' out)" "$names" 'the names in JSON'
is "$(sed -nE 's/^ *"example": "(.*)",$/\1/p' out)" "$(awk '{ print $2 }' lines)" 'the examples in JSON'
if command -v python3 >/dev/null; then
  read_names='import json; print(*(s["name"] for s in json.load(open("out"))), sep="\n")'
  is "$(python3 -c "$read_names" 2>&1)" "$names" 'what is read of it'
fi

# the README's table is what the tool prints
run schemes --markdown
is_code 0
is "$(sed -nE 's/^\| \[`([^`]*)`\].*/\1/p' out)" "$names" 'the names in Markdown'
is "$(sed -n '/^<!-- schemes: /,/^<!-- end of schemes -->/p' "$source/README.md" | sed '1d;$d')" "$(cat out)" \
  'the table in the README (tallymark schemes --markdown)'
while read -r page; do
  is "$([[ -f $source/$page ]] && echo there)" there "the page $page"
done < <(grep -o 'docs/[^)]*' out)

misused 'excludes' schemes --json --markdown
misused 'not expected' schemes luhn
finish
