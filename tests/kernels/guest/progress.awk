# Reads what a suite says while it runs: the names of tests that begin go to the console at once, so that the log of a guest
# that locks up ends with the test that did it; what failed or was skipped is passed on.

/\[STARTING\]$/ {
	sub(/ \[STARTING\]$/, "")
	print "AT" $0 > "/dev/console"
	fflush("/dev/console")
	next
}
!/\[FINISHED\]/
