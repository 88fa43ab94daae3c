#!/usr/bin/env bash
# The commands that docs/tool.md shows print what it says.
source "$(dirname "${BASH_SOURCE[0]}")/support.bash" "$@"
tallymark() { "$tool" "$@"; }

compare() { [[ -z $command ]] || is "$(eval "$command" 2>&1)" "${wanted%$'\n'}" "what '$command' prints"; }
what='docs/tool.md' command='' wanted=''
while IFS= read -r line; do
  case $line in
    '    $ '*) compare && command=${line#'    $ '} wanted='' ;;
    '    '*) wanted+=${line:4}$'\n' ;;
    *) compare && command='' ;;
  esac
done <"$source/docs/tool.md"
finish
