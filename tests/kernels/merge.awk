# The results of two boots as one: the second one's where it ran the case, with a word on the first; the first one's of
# all others, unless the guest itself failed then.
{ key = $3 " " $4 }
FNR == NR {
	line[key] = $0
	verdict[key] = $1
	order[++count] = key
	next
}
{
	again[key] = 1
	text = $0
	if ($1 == "pass" && verdict[key] == "fail") text = text " (in a second boot)"
	if ($1 == "fail" && verdict[key] == "pass") text = line[key] " (failed in a second boot)"
	print text
}
END {
	for (i = 1; i <= count; i++) {
		if (!(order[i] in again) && order[i] !~ /^boot /) print line[order[i]]
	}
}
