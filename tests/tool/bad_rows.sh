#!/usr/bin/env bash
# The command `import` with invalid rows: each is refused with line, column and reason, and the others are imported.
source "$(dirname "${BASH_SOURCE[0]}")/support.bash" "$@"

# parts
cat >parts.csv <<'CSV'
variant_of,part,trackable
B,A,true
C,B,
D,C,true
X,X,
Y,Z,
W,Y,
Z,W,
Y,V,
nothing,U,
U,T,
,A,
,,
,"Q	Q",
,L,perhaps
,D,No
,F,0
,P,yes
CSV
cat >stock.csv <<'CSV'
part,quantity,serial
A,1,A1
X,1,
U,1,
,1,
D,1,D1
B,1,A1
P,1,
CSV
imports parts.csv stock.csv
is_code 1
is "$(json parts)" 6 'the number of parts'
counted 7 2 16
for line in 5 6 7 8; do rejected "parts,$line,variant_of,the part would be a variant of itself"; done
rejected 'parts,9,variant_of,there is no such part,Y'
rejected 'parts,10,variant_of,there is no such part,nothing'
rejected 'parts,11,variant_of,there is no such part,U'
rejected 'parts,12,part,a part with this key already exists,A'
rejected 'parts,13,part,the text is empty'
rejected 'parts,14,part,the text contains a control character'
rejected 'parts,15,trackable,this is neither true nor false,perhaps'
rejected 'stock,3,part,there is no such part,X'
rejected 'stock,4,part,there is no such part,U'
rejected 'stock,5,part,there is no such part,'
rejected 'stock,6,serial,this part takes no serial numbers,D1'
rejected 'stock,7,serial,this serial number is already taken,A1'

# a variant of a part in a cycle is not itself in the cycle
printf 'variant_of,part\nY,V\nZ,Y\nY,Z\n' >parts.csv
imports parts.csv stock.csv
rejected 'parts,2,variant_of,there is no such part,Y'
rejected 'parts,3,variant_of,the part would be a variant of itself,Z'
rejected 'parts,4,variant_of,the part would be a variant of itself,Y'

# quantities
printf 'part,trackable\nA,\nF,no\n' >parts.csv
{
  echo part,quantity,serial,serials
  for quantity in -1 1e9999 0.000001 '' 0 x 10000000000001 nan inf +1 0x10 '"1,5"' 1. .5 "$(printf '9%.0s' {1..5000})"; do
    echo "A,$quantity,,"
  done
  echo 'A, 1.5000000 ,,'
} >stock.csv
imports parts.csv stock.csv
is_code 1
counted 16 1 15
rejected 'stock,2,quantity,the number is negative,-1'
rejected 'stock,3,quantity,this is not a number,1e9999'
rejected 'stock,4,quantity,a quantity has at most five decimal places,0.000001'
rejected 'stock,5,quantity,the text is empty'
rejected 'stock,6,quantity,the quantity is zero,0'
rejected 'stock,8,quantity,the quantity is too large,10000000000001'
rejected 'stock,16,quantity,the quantity is too large'
is "$(grep -c 'quantity,this is not a number' rejects.csv)" 9 'the number of quantities that are no number'

# serial numbers and expressions
{
  cat <<'CSV'
part,quantity,serial,serials
A,2,S1,
A,1.5,,1+
F,1,S1,
F,2,,1-2
A,3,X,1-3
A,3,,10-2
A,3,,1-5
A,3,,1-2
A,3,,1+18446744073709551615
A,3,,1+4000000000
A,4000000000,,1+3999999999
A,1,77,
A,3,,"4000000001,""open"
A,3,,"a,,b"
A,0,,1+
CSV
  printf 'A,1,%s,\n' "$(printf 'x%.0s' {1..101})"
  printf 'A,5,,"%s"\n' "$(printf '9-5,%.0s' {1..20000})"
} >stock.csv
imports parts.csv stock.csv
is_code 1
counted 17 4000000000 16
rejected 'stock,2,quantity,a stock item with a serial number has quantity 1,2'
rejected 'stock,3,quantity,the quantity must be a whole number,1.5'
rejected 'stock,4,serial,this part takes no serial numbers,S1'
rejected 'stock,5,serials,this part takes no serial numbers,1-2'
rejected 'stock,6,serials,a row has either one serial number or an expression,1-3'
rejected 'stock,7,serials,the range runs backwards,10-2'
rejected 'stock,8,serials,there are more serial numbers than the quantity,1-5'
rejected 'stock,9,serials,there are fewer serial numbers than the quantity,1-2'
rejected 'stock,10,serials,there are more serial numbers than the quantity,1+18446744073709551615'
rejected 'stock,11,serials,there are more serial numbers than the quantity,1+4000000000'
rejected 'stock,13,serial,this serial number is already taken,77'
rejected 'stock,14,serials,the quote is never closed'
rejected 'stock,15,serials,there is nothing between the separators'
rejected 'stock,16,quantity,the quantity is zero,0'
rejected 'stock,17,serial,the text is longer than allowed'
rejected 'stock,18,serials,the range runs backwards,9-5'

# items, parents, dates, batch codes
{
  cat <<'CSV'
item,part,quantity,parent,expiry_date,batch
1,A,1,5,,
2,A,1,1,,
3,A,1,3,,
4,A,1,nothing,,
5,A,9,,2027-02-29,
5,A,9,,2027-02-28,
6,A,1,7,,
7,A,1,6,,
8,A,1,2,,
5,A,1,,,
9,A,-1,10,,
10,A,1,,20270101,
,A,1,5,,
CSV
  printf '11,A,1,,,%s\n' "$(printf 'x%.0s' {1..101})"
  printf '12,A,1,,,"a\nb"\n'
  printf '%s,A,1,,,\n' "$(printf 'x%.0s' {1..101})"
} >stock.csv
imports parts.csv stock.csv
is_code 1
counted 16 5 11
rejected 'stock,4,parent,the stock item would be its own ancestor,3'
rejected 'stock,5,parent,there is no such stock item,nothing'
rejected 'stock,6,expiry_date,this is not a date,2027-02-29'
rejected 'stock,8,parent,there is no such stock item,7'
rejected 'stock,9,parent,there is no such stock item,6'
rejected 'stock,11,item,a stock item with this key already exists,5'
rejected 'stock,12,parent,there is no such stock item,10'
rejected 'stock,13,expiry_date,this is not a date,20270101'
rejected 'stock,15,batch,the text is longer than allowed'
rejected 'stock,16,batch,the text contains a control character'
rejected 'stock,18,item,the text is longer than allowed'

# too many rows that wait for their parents: rows whose parent comes too late are refused
{ echo item,part,quantity,parent,note; yes "x,A,1,nothing,$(printf 'n%.0s' {1..300})" | head -n 200000; } >stock.csv
imports parts.csv stock.csv
is_code 1
counted 200000 0 200000
rejected 'stock,200001,parent,the parent comes too late in the file,nothing'
rejected 'stock,2,parent,there is no such stock item,nothing'

# without a rejects file: messages, but a limited number
{ echo part,quantity; yes A,x | head -n 1000; } >stock.csv
run import --parts parts.csv --stock stock.csv
is_code 1
is "$(wc -l <err)" 21 'the number of messages'
has err 'stock.csv:2: quantity: this is not a number: x'
has err '... and 980 more; --rejects FILE keeps all of them'
is "$(grep -c 'this is not a number  *1,000' out)" 1 'the number of lines about the reason'
printf 'part,quantity\nA,\x1b[31mred\n' >stock.csv
run import --parts parts.csv --stock stock.csv
has err 'this is not a number: ?[31mred'
finish
