#!/usr/bin/env bash
# The table of schemes: the command `schemes` prints it, the README shows it, and each scheme obeys the laws.
source "$(dirname "${BASH_SOURCE[0]}")/support.bash" "$@"

# checks_all <scheme> <file>: the results for its lines, in `out`
checks_all() {
  what="tallymark check $1 - --json <$2" code=0
  timeout 120 "$tool" check "$1" - --json <"$2" >out 2>err || code=$?
}
# the canonical texts of the valid results in `out`, or the texts themselves
written() { sed -nE '/"valid":true/ { s/.*"canonical":"([^"]*)".*/\1/p; t; s/.*"text":"([^"]*)".*/\1/p }' out; }

run schemes
is_code 0
is_err ''
names=$(awk '{ print $1 }' out)
is "$(sort <<<"$names" | uniq -d)" '' 'what is there twice'
is "$(head -n 1 <<<"$names")" text 'the first scheme'

# each line has a name, a valid example, and a sentence
cp out lines
while read -r name example about; do
  is "${about:+there}" there "the sentence of $name"
  run check "$name" "$example"
  is_code 0
  is "$(head -c 5 out)" valid "what is said of the example of $name"
  is_err ''

  # all generated texts are valid, canonical and distinct
  run generate "$name" --start "$example" --count 300
  # the counter of an example may end soon, or not exist
  ! grep -q 'no serial number is left' err || run generate "$name" --start "$example" --count 3
  ! grep -q 'no counter to continue from' err || run generate "$name" --count 300
  is_code 0
  sort out | uniq -d >twice
  is "$(cat twice)" '' "what $name generates twice"
  cp out generated
  checks_all "$name" generated
  is_code 0
  is "$(grep -c '"canonical"' out)" 0 "how many that $name generates are written in another way"

  # texts that are nearly right: what is accepted has a canonical text with the same meaning
  for ((i = 0; i <= ${#example}; ++i)); do
    printf '%s\n' "${example:0:i}${example:i+1}"
    for byte in 0 1 9 a F I O z - . :; do
      printf '%s\n' "${example:0:i}$byte${example:i+1}" "${example:0:i}$byte${example:i}"
    done
  done | sort -u >nearly
  checks_all "$name" nearly
  is "$(wc -l <out)" "$(grep -c . nearly)" "how many results of $name"
  written >texts
  is "$([[ -s texts ]] && echo some)" some "what $name reads of them"
  sed -nE '/"valid":true/ { s/"text":"[^"]*",//; s/"canonical":"[^"]*",//; p }' out >parts
  checks_all "$name" texts
  is "$(grep -c '"canonical"' out)" 0 "how many that $name writes are written in another way"
  is "$(sed -E 's/"text":"[^"]*",//' out | cmp - parts 2>&1)" '' "what $name reads of what it writes"
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

# if a text can be too large, the last serial number is on the page and in the message
awk -F'"' '$2 == "name" { name = $4 } $2 == "page" { page = $4 } $2 == "last" && $4 != "" { print name, page, $4 }' out >lasts
is "$([[ $(wc -l <lasts) -ge 8 ]] && echo enough)" enough 'how many schemes have a last serial number'
while read -r name page last; do
  run check "$name" "$last"
  is_code 0
  is_err ''
  is "$(grep -oE "written [^:]*" out)" '' "how $name writes its last one"
  is "$(grep -cF -- "\`$last\`" "$source/docs/$page" | sed 's/[1-9][0-9]*/there/')" there "$last on docs/$page"
  run generate "$name" --start "$last" --count 2
  is_code 1
done <lasts
while read -r name too_large; do
  last=$(awk -v name="$name" '$1 == name { print $3 }' lasts)
  refuses 'the number is too large' check "$name" "$too_large"
  is "$(tail -n 1 err)" "the last one is $last" "what is said of the last one"
  run check "$name" "$too_large" --json
  has out '"error":"the number is too large"'
  has out "\"last\":\"$last\""
  what="check $name -" code=0
  printf '%s\n' "$too_large" | "$tool" check "$name" - >out 2>err || code=$?
  has out "the number is too large; the last one is $last"
done <<'END'
integer 18446744073709551615
crockford32 FZZZZZZZZZZZZB
crockford32-unchecked FZZZZZZZZZZZZ
eui64 FF-FF-FF-FF-FF-FF-FF-FF
ulid 80000000000000000000000000
snowflake 9223372036854775808
snowflake-discord 18446744073709551616
sonyflake 9223372036854775808
END
# the message for a wrong check character, or for a text that is not a number, does not have the last one
run check crockford32 1A6
has_not err 'the last one'

# the table of the README is the output of the tool
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
