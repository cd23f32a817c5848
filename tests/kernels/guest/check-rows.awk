# Compares what connectload says of its connects with the rows of tcpconnlat -L, on loopback: every answered connect
# has one row, equal in PID, COMM, IP version, addresses and ports, with a latency above zero that is no longer than
# what the client measured. Rows of other processes are left alone.

function mismatch(text)
{
	print text
	print text > (ENVIRON["WORK"] "/mismatch")
	failed = 1
	exit 1
}

# ADDRESS:PORT, [ADDRESS]:PORT
function port_of(end) { sub(/.*:/, "", end); return end }
function address_of(end) { sub(/:[0-9]*$/, "", end); gsub(/[][]/, "", end); sub(/^::ffff:/, "", end); return end }

FNR == 1 { file++ }

file == 1 && $1 == "result" {
	for (i = 2; i <= NF; i++) {
		split($i, pair, "=")
		value[pair[1]] = substr($i, length(pair[1]) + 2)
	}
	if (value["errno"] != 0 && value["errno"] != 111) {
		next
	}
	key = port_of(value["local"]) " " address_of(value["remote"]) " " port_of(value["remote"])
	comm[key] = substr(value["comm"], 1, 12)
	duration = value["duration_ns"] / 1e6 + 0.005
	if (duration > limit[key]) limit[key] = duration
	made[key]++ # the kernel may give the same port again
	connects++
}

# PID COMM IP SADDR LPORT DADDR DPORT LAT(ms)
file == 2 && $1 == client {
	key = $5 " " $6 " " $7
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
