#!/bin/sh
# Asks the oracle again and compares with what is committed. Also holds the pairs to their naming: one has a refusal
# exactly when its object's or its BTF's name starts with err_.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
fixtures=$(cd "$here/../fixtures" && pwd)
now=$(mktemp -d)
trap 'rm -rf "$now"' EXIT

"$here/regenerate.sh" "$now"
cd "$fixtures"
answers=$(ls -- */*pairs.txt | sed 's/pairs.txt$/expected.jsonl/')
for file in $answers objects/arguments-expected.jsonl objects/kconfig-expected.jsonl spec/expected.jsonl; do
	if ! cmp -s "$file" "$now/$file"; then
		echo "check: the oracle no longer says what tests/fixtures/$file says:" >&2
		diff "$file" "$now/$file" | cut -c 1-300 >&2
		exit 1
	fi
done

misnamed=$(cat $answers | awk '
	{
		named = $0 ~ /^\{"btf":"err_/ || $0 ~ /"result":\{"object":"err_/
		refused = $0 ~ /"error":["{]/
		if (named != refused)
			print "line " NR ": " substr($0, 1, 100)
	}')
if [ -n "$misnamed" ]; then
	echo "check: refused without an err_ name, or named err_ without a refusal:" >&2
	echo "$misnamed" >&2
	exit 1
fi
echo "check: libbpf $("$here/build/oracle" --version | cut -d' ' -f2) agrees with" \
	"$(cat $answers | wc -l) relocated pairs and" \
	"$(wc -l < spec/expected.jsonl) described objects"
