// SPDX-License-Identifier: MIT
// launch COMMAND...: starts a command, waits until it has written the first line to standard output, then ends it with
// SIGTERM. Prints, separated by blanks: microseconds from before exec to the line, RSS in KiB when the line was read,
// highest RSS in KiB, microseconds of CPU time in total, then that line if it begins with "ready". C, so that starting a process costs every subject the same
// little; its own RSS, which the child inherits as its highest until exec, is below that of all subjects.
#define _GNU_SOURCE
#include "peer.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static long long time_us(const struct timeval *time)
{
	return time->tv_sec * 1000000LL + time->tv_usec;
}

// The second number of /proc/PID/statm is the resident pages.
static long resident_kb(pid_t pid)
{
	long pages = 0;
	char path[32];
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/statm", pid);
	file = fopen(path, "r");
	if (!file || fscanf(file, "%*d %ld", &pages) != 1)
		die(path);
	fclose(file);
	return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static void read_line(int fd, char *line, size_t size)
{
	size_t length = 0;

	while (length < size - 1) {
		ssize_t count = read(fd, line + length, size - 1 - length);

		if (count <= 0) {
			fprintf(stderr, "launch: the command ended without a line\n");
			exit(1);
		}
		length += count;
		line[length] = 0;
		if (strchr(line, '\n'))
			return;
	}
}

int main(int argc, char **argv)
{
	long long start, ready;
	struct rusage usage;
	char line[4096];
	int pipe_fds[2];
	long resident;
	int status;
	pid_t pid;

	if (argc < 2 || pipe2(pipe_fds, O_CLOEXEC))
		die("launch");
	start = now_us();
	pid = vfork();
	if (pid == 0) {
		dup2(pipe_fds[1], STDOUT_FILENO);
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	close(pipe_fds[1]);
	read_line(pipe_fds[0], line, sizeof(line));
	ready = now_us();
	resident = resident_kb(pid);
	kill(pid, SIGTERM);
	if (wait4(pid, &status, 0, &usage) != pid)
		die("wait4");
	printf("%lld %ld %ld %lld %s\n", ready - start, resident, usage.ru_maxrss,
	       time_us(&usage.ru_utime) + time_us(&usage.ru_stime),
	       strncmp(line, "ready", 5) == 0 ? line : "");
	return 0;
}
