#!/usr/bin/env bash
# No cell of a CSV file of the tool is a formula for a spreadsheet, and a rejects file still preserves the texts.
source "$(dirname "${BASH_SOURCE[0]}")/support.bash" "$@"

# <text> <as a cell of the file>, one per line; tab and carriage return as \t and \r
cases=(
  '=1+1' "'=1+1"
  '=HYPERLINK("http://x/?a=1","y")' "\"'=HYPERLINK(\"\"http://x/?a=1\"\",\"\"y\"\")\""
  '@SUM(A1:A9)' "'@SUM(A1:A9)"
  '+1+1' "'+1+1"
  '-1+1' "'-1+1"
  '-cmd|calc' "'-cmd|calc"
  '+49 30 1' "'+49 30 1"
  '-' "'-"
  '+' "'+"
  '=' "'="
  '-1e5' "'-1e5"
  '-1.' "'-1."
  '-.5' "'-.5"
  '--1' "'--1"
  $'\t=1' $'"\'\t=1"'
  $'\tx' $'"\'\tx"'
  $'\r=1' $'"\'\r=1"'
  $'\nx' $'"\'\nx"'
  '  =1+1' "\"'  =1+1\""
  '=a;=b' "\"'=a;=b\""
  "'=1+1" "''=1+1"
  "''=1+1" "'''=1+1"
  # not formulas: unchanged
  '-5' '-5'
  '+49' '+49'
  '-0.25' '-0.25'
  '+1.5' '+1.5'
  ' -5' '" -5"'
  "it's" "it's"
  "'quoted'" "'quoted'"
  "'-5" "'-5"
  'a;=b' '"a;=b"'
  'A-1' 'A-1'
  'a=1' 'a=1'
  '5@2' '5@2'
)
printf 'part\nA\n' >parts.csv
for ((i = 0; i < ${#cases[@]}; i += 2)); do
  text=${cases[i]} cell=${cases[i + 1]}
  printf 'part,quantity,note\nA,x,"%s"\n' "${text//\"/\"\"}" >stock.csv
  imports parts.csv stock.csv
  is_code 1
  is "$(cat rejects.csv)" "file,line,column,reason,value,part,quantity,note
stock,2,quantity,this is not a number,x,A,x,$cell" "the rejects file with ${text@Q}"
  # imported unchanged, it is refused again with the same texts
  mv rejects.csv again.csv
  imports parts.csv again.csv
  is "$(tail -n +2 rejects.csv | cut -d, -f4-)" "$(tail -n +2 again.csv | cut -d, -f4-)" "the rejects of the rejects with ${text@Q}"
done

# in other files an apostrophe is part of the text: the second row has another serial number
printf "part,quantity,serial\nA,1,=1+1\nA,1,'=1+1\nA,1,=1+1\nA,1,'=1+1\n" >stock.csv
imports parts.csv stock.csv
counted 4 2 2
rejected "stock,4,serial,this serial number is already taken,'=1+1,A,1"
rejected "stock,5,serial,this serial number is already taken,''=1+1,A,1"
# and from a rejects file, both are imported
mv rejects.csv again.csv
imports parts.csv again.csv
is_code 0
counted 2 2 0
printf "part,quantity,serial\nA,1,=1+1\nA,1,'=1+1\n" >>again.csv
imports parts.csv <(head -n 3 again.csv; printf "stock,1,,,,A,1,'=1+1\nstock,1,,,,A,1,''=1+1\n")
counted 4 2 2

# headers are cells too
printf 'part,quantity,=1+1,@x\nA,x,y,z\n' >stock.csv
imports parts.csv stock.csv
is "$(head -n 1 rejects.csv)" "file,line,column,reason,value,part,quantity,'=1+1,'@x" 'the header'
imports parts.csv stock.csv --column 'serial==1+1'
mv rejects.csv again.csv
sed -i 's/A,x,y,z$/A,1,y,z/' again.csv
imports parts.csv again.csv --column 'serial==1+1'
is_code 0
counted 1 1 0
is "$(json serials)" 1 'the number of serials'
finish
