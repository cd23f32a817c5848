# Reads what connectload says of its connects; to be combined with programs that read rows of tcpconnlat -L after it.
# key_of_result and key_of_row name a connect by its ports and the remote address, as both sides show them.

# ADDRESS:PORT, [ADDRESS]:PORT
function port_of(end) { sub(/.*:/, "", end); return end }
function address_of(end) { sub(/:[0-9]*$/, "", end); gsub(/[][]/, "", end); return unmapped(end) }
function unmapped(address) { sub(/^::ffff:/, "", address); return address }
function key_of_row() { return $5 " " unmapped($6) " " $7 }

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
	duration = value["duration_ns"] / 1e6 + 0.005 # rows are rounded to 0.01
	if (duration > limit[key]) limit[key] = duration
	made[key]++ # the kernel may give the same port again
	connects++
}
