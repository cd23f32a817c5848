# After results.awk: fails unless every row lies within `low` and `high` ms. One may lie above `high` only where the
# client's own measure does.

file == 2 && $1 == client && ($8 < low || ($8 > high && limit[key_of_row()] <= high)) { failed = 1 }

END { exit failed }
