#!/bin/sh
# Writes what the oracle says of every pair in tests/fixtures/core/pairs.txt, one line each:
#   {"btf":"NAME.btf","result":ORACLE'S LINE}
# into tests/fixtures/core/expected.jsonl, or into the file named by the first argument.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
fixtures=$here/../fixtures
output=$(realpath -m "${1:-$fixtures/core/expected.jsonl}")
pairs=$fixtures/core/pairs.txt

make -s -C "$here"

# The oracle quotes paths in its messages: relative ones, so that its lines are the same everywhere.
cd "$fixtures"
results=$(mktemp)
trap 'rm -f "$results"' EXIT
"$here/build/oracle" --list core/pairs.txt > "$results"

wanted=$(grep -c '^[^#]' core/pairs.txt)
got=$(wc -l < "$results")
if [ "$wanted" -ne "$got" ]; then
	echo "regenerate: $wanted pairs, but $got results" >&2
	exit 1
fi

grep '^[^#]' "$pairs" | sed 's/^[^ ]* //; s/.*\///' | paste -d '\t' - "$results" |
	sed 's/^\([^\t]*\)\t\(.*\)$/{"btf":"\1","result":\2}/' > "$output"
