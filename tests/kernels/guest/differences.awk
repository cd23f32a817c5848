# After results.awk, with the rows of two tools: for each connect that the client itself measured at no more than `calm`
# ms, the second one's latency minus the first one's.

file == 2 && $1 == client { first[key_of_row()] = $8 }

file == 3 && $1 == client {
	key = key_of_row()
	if (key in first && made[key] == 1 && limit[key] <= calm) printf "%.2f\n", $8 - first[key]
}
