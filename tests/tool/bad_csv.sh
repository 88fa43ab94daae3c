#!/usr/bin/env bash
# The command `import` with files that are not valid CSV.
source "$(dirname "${BASH_SOURCE[0]}")/support.bash" "$@"
printf 'part,trackable\nA,true\n' >parts.csv
head='item,part,quantity,serial'

# stock '<rows, as printf takes them>'
# shellcheck disable=SC2059
stock() { printf "$head\n$1" >stock.csv; }

# quotes: only the row with the error is refused
stock '1,A,1,S1\n2,A,1,"S2\n3,A,1,S3\n4,A,1,S"4\n5,A,1,"S5"x\n6,A,1,"S6"\n'
imports parts.csv stock.csv
is_code 1
counted 6 3 3
rejected 'stock,3,serial,the quote is never closed'
rejected 'stock,5,serial,a quote is in the middle of the field'
rejected 'stock,6,serial,text follows the closing quote'
has rejects.csv '"2,A,1,""S2"'
stock '1,A,1,S1\n2,A,1,S2\n3,A,1,"S3\n4,A,1,S4\n5,A,1,S5'
imports parts.csv stock.csv
counted 5 4 1
rejected 'stock,4,serial,the quote is never closed'
stock '"1\n2\n3",A,1,S"1\n2,A,1,S2'
imports parts.csv stock.csv
counted 2 1 1
rejected 'stock,4,serial,a quote is in the middle of the field'
yes '"' | head -n 200001 >stock.csv
imports parts.csv stock.csv
is_code 1

# bytes that are not text
stock '1,A,1,S\0001\n2,A,1,S\xff\n3,A,1,S\xed\xa0\x80\n4,A,1,S\x014\n\0\n5,A,1,\xc3\x84\n'
imports parts.csv stock.csv
is_code 1
counted 6 1 5
rejected 'stock,2,serial,the text contains a NUL byte'
rejected 'stock,3,serial,the text is not valid UTF-8'
rejected 'stock,4,serial,the text is not valid UTF-8'
rejected 'stock,5,serial,the text contains a control character'
rejected 'stock,6,item,the text contains a NUL byte'
head -c 3000000 /dev/zero >stock.csv
imports parts.csv stock.csv
is_code 1
has err 'stock.csv:1: header, column 1: the row is longer than 1 MiB'

# a byte order mark, the three line ends, blank lines, no line end at the end
printf '\xef\xbb\xbf%s\r\n1,A,1,S1\r\n\r\n  \r\n"2","A","1","S2"\r3,A,1,S3\n4, A ,1,\tS4' "$head" >stock.csv
imports parts.csv stock.csv
is_code 0
counted 4 4 0
printf '\xef\xbb\xbf"part"\nA' >bom.csv
imports bom.csv stock.csv
is_code 0
# lines are counted in fields of several lines too, and with all line ends
stock '1,A,1,"a\nb"\r\n\r\n3,A,1,S3\r4,A,x,\n'
imports parts.csv stock.csv
rejected 'stock,2,serial,the text contains a control character'
rejected 'stock,6,quantity,this is not a number,x'

# the file is read in pieces: a piece may end at a line end, or between the two bytes of one
for pad in '' x xx xxx xxxx xxxxx; do
  { echo "part,quantity,n$pad" && yes A,1, | head -n 20000; } >lines
  tr '\n' '\r' <lines >stock.csv
  imports parts.csv stock.csv
  counted 20000 20000 0
  sed 's/$/\r/' lines >stock.csv
  imports parts.csv stock.csv
  counted 20000 20000 0
done

# rows of a wrong length
stock '1,A,1,S1\n2,A,1\n3,A,1,S3,more\n4,A,1,S4\n5\n'
imports parts.csv stock.csv
is_code 1
counted 5 2 3
rejected 'stock,3,serial,the row has fewer columns than the header,"2,A,1"'
rejected 'stock,4,5,the row has more columns than the header,"3,A,1,S3,more"'
rejected 'stock,6,part,the row has fewer columns than the header,5'

# long fields: refused with little memory; a limit for the process does not work under the address sanitizer
long() { head -c "$1" /dev/zero | tr '\0' "$2"; }
{ printf '%s\n1,A,1,S1\n2,A,1,' "$head" && long 10000000 x && printf '\n3,A,1,S3\n4,A,1,"' && long 10000000 x &&
  printf '"\n5,A,1,S5\n6,A,1,' && long 1000000 x && printf '\n7,A,1,"' && long 10000000 '\n' && printf '"\n8,A,1,S8\n'; } >stock.csv
for threads in 1 2; do
  limit=$((20000 + threads * 10000))  # a thread has a stack
  (ulimit -v $limit && "$tool" --version) >out 2>&1 || limit=unlimited
  (ulimit -v $limit && imports parts.csv stock.csv --threads $threads && echo "$code" >code)
  code=$(<code)
  is_code 1
  counted 9 4 5
  rejected 'stock,3,serial,the row is longer than 1 MiB'
  rejected 'stock,5,serial,the row is longer than 1 MiB'
  rejected 'stock,7,serial,the text is longer than allowed'
  rejected 'stock,8,serial,the quote is never closed'
done
{ printf '%s\n1,A,1,S1\n' "$head" && long 10000000 , && printf '\n2,A,1,S2\n'; } >stock.csv
imports parts.csv stock.csv
counted 3 2 1

# headers
# shellcheck disable=SC2059
header() {
  printf "$2" >stock.csv
  imports parts.csv stock.csv
  is_code 1
  is_out ''
  has err "stock.csv:1: $1"
}
header 'the file has no header' ''
header 'the file has no header' '\n\n \n'
header "there is no column 'quantity'; there are: item, part. Name it with --column quantity=HEADER" 'item,part\n1,A\n'
header "two columns are called 'part'" 'part,quantity,part\nA,1,A\n'
header "two columns are called 'note'" 'note,part,quantity,note\n'
header 'header, column 2: the quote is never closed' 'item,"part,quantity\n'
header 'header, column 1: the text is not valid UTF-8' '\xff\xfei\0t\0e\0m\0'
header 'header, column 3: a quote is in the middle of the field' 'item,part,q"uantity\n'
stock '1,A,1,S1\n'
printf 'name\nA\n' >none.csv
imports none.csv stock.csv
is_code 1
has err "none.csv:1: there is no column 'part'"

# missing files
stock '1,A,1,S1\n'
misused 'nothing.csv: No such file or directory' import --parts nothing.csv --stock stock.csv
misused 'Is a directory' import --parts parts.csv --stock .
misused '--rejects: parts.csv is being imported' import --parts parts.csv --stock stock.csv --rejects ./parts.csv
has parts.csv 'A,true'
refuses 'cannot write nowhere/r.csv' import --parts parts.csv --stock stock.csv --rejects nowhere/r.csv
misused '--scope' import --parts parts.csv --stock stock.csv --scope all
misused '--stock is required' import --parts parts.csv
finish
