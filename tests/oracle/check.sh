#!/bin/sh
# Asks the oracle again and compares with the committed tests/fixtures/core/expected.jsonl. Also holds the fixtures
# to their naming: a pair has a refusal exactly when its object's or its BTF's name starts with err_.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
expected=$here/../fixtures/core/expected.jsonl
now=$(mktemp)
trap 'rm -f "$now"' EXIT

"$here/regenerate.sh" "$now"
if ! diff -q "$expected" "$now" > /dev/null; then
	echo "check: the oracle no longer says what tests/fixtures/core/expected.jsonl says:" >&2
	diff "$expected" "$now" | cut -c 1-300 >&2
	exit 1
fi

misnamed=$(awk '
	{
		named = $0 ~ /^\{"btf":"err_/ || $0 ~ /"result":\{"object":"err_/
		refused = $0 ~ /"error":["{]/
		if (named != refused)
			print "line " NR ": " substr($0, 1, 100)
	}' "$expected")
if [ -n "$misnamed" ]; then
	echo "check: refused without an err_ name, or named err_ without a refusal:" >&2
	echo "$misnamed" >&2
	exit 1
fi
echo "check: $(wc -l < "$expected") pairs agree with libbpf"
