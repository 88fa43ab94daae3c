#!/usr/bin/env bash
# The commands in docs/tool.md print the output that it shows.
source "$(dirname "${BASH_SOURCE[0]}")/support.bash" "$@"
tallymark() { "$tool" "$@"; }
times() { sed -E 's/20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z/<time>/'; }
# the database of the examples
tallymark import --parts "$source/examples/data/parts.csv" --stock "$source/examples/data/stock.csv" --db stock.db >out 2>err

compare() {
  [[ -z $command ]] || is "$(eval "$command" 2>&1 | times)" "$(times <<<"${wanted%$'\n'}")" "what '$command' prints"
}
what='docs/tool.md' command='' wanted=''
while IFS= read -r line; do
  case $line in
    '    $ '*) compare && command=${line#'    $ '} wanted='' ;;
    '    '*) wanted+=${line:4}$'\n' ;;
    *) compare && command='' ;;
  esac
done <"$source/docs/tool.md"
finish
