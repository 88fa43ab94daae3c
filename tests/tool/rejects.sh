#!/usr/bin/env bash
# The rejects file can be corrected and imported.
source "$(dirname "${BASH_SOURCE[0]}")/support.bash" "$@"
data=$source/examples/data
imports "$data/parts.csv" "$data/stock.csv"
is "$(wc -l <rejects.csv)" 8 'the number of lines'
has rejects.csv 'stock,29,serials,the range runs backwards,1480-1471,28,SENSOR-OUT,10,,1480-1471,SO-0920,,,C-04,,,,'

# unchanged, every row is refused again, unless it only clashed with another row
mv rejects.csv again.csv
imports "$data/parts.csv" again.csv
counted 7 1 6
rejected 'stock,2,expiry_date,this is not a date,2031-02-30,8,CELL'
is "$(head -n 1 rejects.csv)" "$(head -n 1 again.csv)" 'the header'

# corrected, all are accepted
sed -e 's/,2031-02-30,B/,2031-02-28,B/; s/PSU,2,PS-1030/PSU,1,PS-1030/; s/GATEWAY-US,-3/GATEWAY-US,3/; s/10,,1480-1471/10,,1471-1480/' \
  -e 's/36,SENSOR-XL/36,SENSOR/; s/,1,CG-1/,1,/' again.csv >mended.csv
imports "$data/parts.csv" mended.csv
is_code 0
counted 7 16 0

# rows of both files, unreadable rows, and fields with special characters
printf 'part,trackable,name\nA,,"x ""y"", z"\nB,maybe,"two\nlines"\n' >parts.csv
printf 'part,quantity,note\nA,1,\nB,1," blanks "\nA,1\nA,"1\nA,x,é\n' >stock.csv
imports parts.csv stock.csv
counted 5 1 5
is "$(cat rejects.csv)" 'file,line,column,reason,value,part,quantity,note,trackable,name
parts,3,trackable,this is neither true nor false,maybe,B,,,maybe,"two
lines"
stock,3,part,there is no such part,B,B,1," blanks ",,
stock,4,note,the row has fewer columns than the header,"A,1",,,,,
stock,5,quantity,the quote is never closed,"A,""1",,,,,
stock,6,quantity,this is not a number,x,A,x,é,,' 'the rejects file'
sed 's/,maybe,"/,true,"/; s/A,x,é/A,7,é/' rejects.csv >mended.csv
printf 'part\nA\n' >a.csv
imports mended.csv mended.csv
is "$(json parts)" 1 'the number of parts'
counted 4 1 3
rejected 'stock,7,part,there is no such part,A'
finish
