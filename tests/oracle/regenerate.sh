#!/bin/sh
# Writes down what the oracle says of the fixtures, below tests/fixtures or below the directory given:
#   core/expected.jsonl   one line for each pair of core/pairs.txt: {"btf":"NAME.btf","result":ORACLE'S LINE}
#   objects/X-expected.jsonl   the same for each pair of objects/X-pairs.txt
#   spec/expected.jsonl   one line for each object of spec/objects.txt, as `oracle --describe` prints it
set -eu

here=$(cd "$(dirname "$0")" && pwd)
fixtures=$(cd "$here/../fixtures" && pwd)
output=$(realpath "${1:-$fixtures}")

results=$(mktemp)
trap 'rm -f "$results"' EXIT

make -s -C "$here"
mkdir -p "$output/core" "$output/objects" "$output/spec"

# The oracle quotes paths in its messages: relative ones, so that its lines are the same everywhere.
cd "$fixtures"

ask() { # PAIRS ANSWERS
	"$here/build/oracle" --list "$1" > "$results"
	wanted=$(grep -c '^[^#]' "$1")
	got=$(wc -l < "$results")
	if [ "$wanted" -ne "$got" ]; then
		echo "regenerate: $1 has $wanted pairs, but there are $got results" >&2
		exit 1
	fi
	grep '^[^#]' "$1" | sed 's/^[^ ]* //; s/.*\///' | paste -d '\t' - "$results" |
		sed 's/^\([^\t]*\)\t\(.*\)$/{"btf":"\1","result":\2}/' > "$2"
}

ask core/pairs.txt "$output/core/expected.jsonl"
for pairs in objects/*-pairs.txt; do
	ask "$pairs" "$output/${pairs%-pairs.txt}-expected.jsonl"
done

while read -r object; do
	"$here/build/oracle" --describe "$object"
done < spec/objects.txt > "$output/spec/expected.jsonl"
