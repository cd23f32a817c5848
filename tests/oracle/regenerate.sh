#!/bin/sh
# Writes down what the oracle says of the fixtures, below tests/fixtures or below the directory given:
#   core/expected.jsonl   one line for each pair of core/pairs.txt: {"btf":"NAME.btf","result":ORACLE'S LINE}
#   .../NAME-expected.jsonl of .../NAME-pairs.txt likewise
#   objects/arguments-expected.jsonl   what `oracle --arguments` prints for objects/arguments.txt
#   objects/kconfig-expected.jsonl   what `oracle --kconfig` prints for objects/kconfig.txt
#   spec/expected.jsonl   one line for each object of spec/objects.txt, as `oracle --describe` prints it
set -eu

here=$(cd "$(dirname "$0")" && pwd)
fixtures=$(cd "$here/../fixtures" && pwd)
output=$(realpath "${1:-$fixtures}")

results=$(mktemp)
trap 'rm -f "$results"' EXIT

make -s -C "$here"
mkdir -p "$output/spec"

# The oracle quotes paths in its messages: relative ones, so that its lines are the same everywhere.
cd "$fixtures"
for pairs in */*pairs.txt; do
	mkdir -p "$output/${pairs%/*}"
	"$here/build/oracle" --list "$pairs" > "$results"

	wanted=$(grep -c '^[^#]' "$pairs")
	got=$(wc -l < "$results")
	if [ "$wanted" -ne "$got" ]; then
		echo "regenerate: $wanted pairs in $pairs, but $got results" >&2
		exit 1
	fi
	grep '^[^#]' "$pairs" | sed 's/^[^ ]* //; s/.*\///' | paste -d '\t' - "$results" |
		sed 's/^\([^\t]*\)\t\(.*\)$/{"btf":"\1","result":\2}/' > "$output/${pairs%pairs.txt}expected.jsonl"
done

while read -r object; do
	"$here/build/oracle" --describe "$object"
done < spec/objects.txt > "$output/spec/expected.jsonl"

"$here/build/oracle" --kconfig objects/kconfig.txt > "$output/objects/kconfig-expected.jsonl"
"$here/build/oracle" --arguments objects/arguments.txt > "$output/objects/arguments-expected.jsonl"
