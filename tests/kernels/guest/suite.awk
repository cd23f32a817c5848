# Reads the results of xunit (-result-xml), which has one element <test …> for each test. Notes each test that
# was skipped, and the slowest as facts; the counts go to the file of the variable "counts": passed, failed, skipped, and
# how many of these not for what the kernel lacks.

function attribute(name,   text)
{
	if (!match($0, " " name "=\"[^\"]*\"")) return ""
	text = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
	return plain(text)
}

function plain(text)
{
	gsub(/&quot;/, "\"", text)
	gsub(/&lt;/, "<", text)
	gsub(/&gt;/, ">", text)
	gsub(/&amp;/, "\\&", text)
	return text
}

# The text of an element, without line ends.
function element(name,   text)
{
	if (!match($0, "<" name ">[^<]*<")) return ""
	text = substr($0, RSTART + length(name) + 2, RLENGTH - length(name) - 3)
	gsub(/[\r\n]+|&#x[AaDd];/, " ", text)
	return plain(text)
}

BEGIN { RS = "<test " }

NR > 1 {
	$0 = " " $0
	result = attribute("result")
	name = attribute("name")
	count[result]++
	seconds[name] = attribute("time")
	if (result == "Skip") {
		reason = element("reason")
		print "NOTE skipped " name ": " reason
		if (reason !~ /kernel|bpf/) unfounded++
	}
}

END {
	for (i = 0; i < 5; i++) {
		slowest = ""
		for (name in seconds)
			if (slowest == "" || seconds[name] + 0 > seconds[slowest] + 0) slowest = name
		if (slowest == "") break
		printf "FACT slow %.2f s %s\n", seconds[slowest], slowest
		delete seconds[slowest]
	}
	print count["Pass"] + 0, count["Fail"] + 0, count["Skip"] + 0, unfounded + 0 > counts
}
