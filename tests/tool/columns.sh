#!/usr/bin/env bash
# Columns with other names: `import --column name=HEADER`.
source "$(dirname "${BASH_SOURCE[0]}")/support.bash" "$@"

printf 'ID,Name,Variant Of,Trackable\n10,Lamp,,True\n11,Lamp 2,10,True\n12,Screw,,False\n' >parts.csv
printf 'ID,Part,Quantity,Lot/Serial Number,Notes\n1,10,1,S-1,\n2,11,1,S-2,"a, b"\n3,12,5,,\n4,11,1,S-1,\n' >stock.csv
names=(--column parts.part=ID --column stock.part=Part --column 'variant_of=Variant Of' --column trackable=Trackable
  --column stock.item=ID --column quantity=Quantity --column 'serial=Lot/Serial Number')
imports parts.csv stock.csv "${names[@]}"
is_code 1
counted 4 3 1
rejected 'stock,5,Lot/Serial Number,this serial number is already taken,S-1'
has out '"10": "S-3"'
is "$(head -n 1 rejects.csv)" 'file,line,column,reason,value,ID,Part,Quantity,Lot/Serial Number,Notes,Name,Variant Of,Trackable' 'the header'

# one name for both files, a known header for another column, and the same choice twice
printf 'Part,part\nA,x\n' >parts.csv
printf 'Part,quantity,serial,SN\nA,1,x,S1\nA,1,x,S2\n' >stock.csv
imports parts.csv stock.csv --column part=Part --column serial=SN --column serial=SN
is_code 0
has out '"A": "S3"'

# a column that was chosen for another name is not used for its own
printf 'part\nA\n' >parts2.csv
printf 'part,quantity,serial\nA,1,X\nA,1,X\n' >stock2.csv
imports parts2.csv stock2.csv --column batch=serial
is_code 0
is "$(json serials) $(json batches)" '0 1' 'serials, batches'

misused "no file has a column 'Serial'" import --parts parts.csv --stock stock.csv --column serial=Serial
misused "there is no column 'srial'; there are: part, name, ipn, variant_of, trackable, item, quantity" \
  import --parts parts.csv --stock stock.csv --column srial=SN
misused "there is no column 'parts.serial'" import --parts parts.csv --stock stock.csv --column parts.serial=SN
misused "'serial' is not of the form name=HEADER" import --parts parts.csv --stock stock.csv --column serial
misused "'serial=' is not of the form name=HEADER" import --parts parts.csv --stock stock.csv --column serial=
misused "'SN' of stock.csv is chosen for two columns" \
  import --parts parts.csv --stock stock.csv --column serial=SN --column batch=SN --column part=Part
misused "'quantity' and 'SN' of stock.csv cannot both be 'quantity'; choose one with stock.quantity=HEADER" \
  import --parts parts.csv --stock stock.csv --column part=Part --column quantity=quantity --column quantity=SN
finish
