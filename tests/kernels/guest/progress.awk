# Reads what a suite says while it runs. The names of tests that begin go to the file of the variable "begun", and to the
# console at once, so that the log of a guest that locks up ends with the test that did it; what failed is passed on.

/ \[STARTING\]$/ {
	sub(/ \[STARTING\]$/, "")
	print > begun
	print "AT" $0 > "/dev/console"
	fflush("/dev/console")
	fflush(begun)
	next
}
!/ \[FINISHED\]/
