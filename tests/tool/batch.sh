#!/usr/bin/env bash
# The command `batch`.
source "$(dirname "${BASH_SOURCE[0]}")/support.bash" "$@"

accepts 2027-01-01 batch --at 2027-01-01T00:30
accepts 2026-11-23 batch --at 2026-11-23
before=$(date +%F)
run batch
is_code 0
[[ $before == $(date +%F) ]] && is_out "$before"

at=(--at 2027-01-01T00:30)
accepts B2027-01 batch "${at[@]}" --template 'B{{ year }}-{{ month:02 }}'
accepts 2026-W53 batch "${at[@]}" --template '{{ iso_year }}-W{{ iso_week }}'
accepts 2027/X1/5 batch "${at[@]}" --template '{{ year }}/{{ part.ipn }}/{{ n }}' --set part.ipn=X1 --set n=5
accepts a=b batch --template '{{ x }}' --set x=a=b
accepts yes batch --template '{% if x %}yes{% else %}no{% endif %}' --set x=1
accepts no batch --template '{% if x.y %}yes{% else %}no{% endif %}' --set x.y=
accepts '[2027]' batch "${at[@]}" --template '[{{ year }}]'

refuses $'              ^^^^^^^^ there is no field with this name' batch --template '{{ year }}-{{ part.ipn }}'
refuses 'the tag is never closed' batch --template 'B{{ year'
refuses 'the text is empty' batch --template ''
refuses 'the text is empty' batch --template '{{ x }}' --set x=
refuses 'the text is longer than allowed' batch --template '{{ x }}' --set x="$(printf 'x%.0s' {1..101})"
refuses 'the text is not valid UTF-8' batch --template $'B\xff'
refuses '^' batch --template '{% endif %}'
nested=$(printf '{%% if x %%}%.0s' {1..10000})
refuses 'the tags are nested too deeply' batch --template "$nested"

misused '--set' batch --set x
misused '--set' batch --set =x
misused $'2027-13-01\n     ^^ this is not a date' batch --at 2027-13-01
misused 'this is not a time' batch --at 2027-01-01T24:00
misused 'not expected' batch 'B{{ year }}'
finish
