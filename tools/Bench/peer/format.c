// SPDX-License-Identifier: MIT
// format IP_VERSION ROUNDS: prints the rows of 4096 events to /dev/null again and again, by fprintf and inet_ntop through
// a buffer of 64 KiB. Prints "ns T", nanoseconds for a row, and "bytes N", the length of all 4096.
#define _GNU_SOURCE
#include "numbered.h"
#include "peer.h"
#include "row.h"

enum { EVENTS = 4096 };

int main(int argc, char **argv)
{
	static struct event events[EVENTS];
	static char buffer[64 * 1024];
	FILE *file = fopen("/dev/null", "w");
	long long start = 0;
	long bytes = 0;

	if (argc != 3 || !file || setvbuf(file, buffer, _IOFBF, sizeof(buffer)))
		die("format");
	for (__u32 i = 0; i < EVENTS; i++)
		events[i] = numbered_event(i + 1, atoi(argv[1]));
	for (int round = -1; round < atoi(argv[2]); round++) {
		if (round == 0)
			start = now_ns();
		bytes = 0;
		for (int i = 0; i < EVENTS; i++)
			bytes += print_row(file, &events[i]);
	}
	printf("ns %.2f bytes %ld\n", (double)(now_ns() - start) / atoi(argv[2]) / EVENTS, bytes);
	return 0;
}
