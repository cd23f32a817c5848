# After results.awk. Every answered connect has one row, equal in PID, COMM, IP version, addresses and ports, with a
# latency above zero that is no longer than what the client measured. All is on loopback. Rows of other processes are
# left alone.

function mismatch(text)
{
	print text
	print text > (ENVIRON["WORK"] "/mismatch")
	failed = 1
	exit 1
}

# PID COMM IP SADDR LPORT DADDR DPORT LAT(ms)
file == 2 && $1 == client {
	key = $5 " " $6 " " $7 # as it is: a v4-mapped address is shown as IPv4
	if (!(key in comm)) mismatch("a row of no connect: " $0)
	if (++seen[key] > made[key]) mismatch("a second row of one connect: " $0)
	if ($2 != comm[key]) mismatch("COMM is not " comm[key] ": " $0)
	if ($3 != ($6 ~ /:/ ? 6 : 4)) mismatch("wrong IP version: " $0)
	if ($4 != $6) mismatch("on loopback both addresses are the same: " $0)
	if ($8 <= 0 || $8 > limit[key]) mismatch("latency not within 0 and " limit[key] ": " $0)
	rows++
}

END {
	if (!failed && rows != connects) {
		print rows + 0 " rows of " connects + 0 " answered connects" > (ENVIRON["WORK"] "/mismatch")
		failed = 1
	}
	if (!failed && !connects) {
		print "no connect was answered" > (ENVIRON["WORK"] "/mismatch")
		failed = 1
	}
	exit failed
}
