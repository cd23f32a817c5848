// SPDX-License-Identifier: MIT
// host COMMAND...: runs a reader of events and drains what it prints. Prints the reader's process id once the first line
// came (a reader announces so that it is ready); when it ended, "lines N cpu_ns T", the lines after the first one and
// the CPU time since then, and the last line. The reader runs on the highest CPU under SCHED_FIFO, before what drains
// it, and both before everything else that wants that CPU.
#define _GNU_SOURCE
#include "peer.h"

#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { READER_PRIORITY = 5, DRAIN_PRIORITY = 4, TAIL_SIZE = 128 };

static void be_real_time(int priority)
{
	struct sched_param param = {.sched_priority = priority};
	cpu_set_t cpus;

	CPU_ZERO(&cpus);
	CPU_SET(sysconf(_SC_NPROCESSORS_ONLN) - 1, &cpus);
	if (sched_setaffinity(0, sizeof(cpus), &cpus) || sched_setscheduler(0, SCHED_FIFO, &param))
		die("host");
}

static pid_t start(char **command, int output)
{
	pid_t pid = fork();

	if (pid == 0) {
		dup2(output, STDOUT_FILENO);
		be_real_time(READER_PRIORITY);
		execvp(command[0], command);
		die(command[0]);
	}
	close(output);
	return pid;
}

// Of all threads, also in the kernel.
static long long cpu_ns(pid_t pid)
{
	struct timespec time = {0};
	clockid_t clock;

	if (clock_getcpuclockid(pid, &clock) || clock_gettime(clock, &time))
		die("clock_getcpuclockid");
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static long long count_lines(const char *text, size_t length)
{
	const char *end = text + length;
	long long count = 0;

	for (; (text = memchr(text, '\n', end - text)); text++)
		count++;
	return count;
}

// The last bytes of what was read so far.
static void keep_tail(char *tail, const char *text, size_t length)
{
	size_t taken = length < TAIL_SIZE ? length : TAIL_SIZE;

	memmove(tail, tail + taken, TAIL_SIZE - taken);
	memcpy(tail + TAIL_SIZE - taken, text + length - taken, taken);
}

static const char *last_line(char *tail)
{
	char *begin;

	tail[TAIL_SIZE - 1] = 0;
	begin = memrchr(tail, '\n', TAIL_SIZE - 1);
	return begin ? begin + 1 : tail;
}

int main(int argc, char **argv)
{
	static char buffer[1 << 20], tail[TAIL_SIZE];
	long long lines = 0, began = 0;
	struct rusage usage;
	int fds[2], status;
	ssize_t length;
	pid_t pid;

	if (argc < 2 || pipe2(fds, O_CLOEXEC))
		die("host");
	pid = start(argv + 1, fds[1]);
	be_real_time(DRAIN_PRIORITY);
	while ((length = read(fds[0], buffer, sizeof(buffer))) > 0) {
		if (!lines) {
			began = cpu_ns(pid);
			printf("%d\n", pid);
			fflush(stdout);
		}
		lines += count_lines(buffer, length);
		keep_tail(tail, buffer, length);
	}
	if (wait4(pid, &status, 0, &usage) != pid || !lines || !WIFEXITED(status) || WEXITSTATUS(status)) {
		fprintf(stderr, "host: %s failed\n", argv[1]);
		return 1;
	}
	printf("lines %lld cpu_ns %lld\n%s\n", lines - 1,
	       (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000000LL +
		       (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000LL - began,
	       last_line(tail));
	return 0;
}
