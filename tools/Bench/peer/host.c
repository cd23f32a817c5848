// SPDX-License-Identifier: MIT
// host COMMAND...: runs a reader of events and drains what it prints. Prints the reader's process id once the first line
// came (a reader announces so that it is ready); when it ended, "lines N stalled T", the lines after the first one and
// the longest time in microseconds for which the lowest or the highest CPU did nothing for anybody here, and the last
// line. The reader runs on the highest CPU under SCHED_FIFO, before what drains
// it, and both before everything else that wants that CPU.
#define _GNU_SOURCE
#include "peer.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WITNESS_PRIORITY = 50, READER_PRIORITY = 5, DRAIN_PRIORITY = 4, TAIL_SIZE = 128, WITNESS_PERIOD_NS = 500000 };

static long long s_stalled_ns;

static int highest_cpu(void)
{
	return sysconf(_SC_NPROCESSORS_ONLN) - 1;
}

static void be_real_time(int cpu, int priority)
{
	struct sched_param param = {.sched_priority = priority};
	cpu_set_t cpus;

	CPU_ZERO(&cpus);
	CPU_SET(cpu, &cpus);
	if (sched_setaffinity(0, sizeof(cpus), &cpus) || sched_setscheduler(0, SCHED_FIFO, &param))
		die("host");
}

// Comes before everybody else on its CPU: if it is late, the CPU was not there. Each CPU's witness tells of the longest.
static void *witness(void *cpu)
{
	const struct timespec period = {.tv_nsec = WITNESS_PERIOD_NS};
	long long before = 0;

	be_real_time((int)(long)cpu, WITNESS_PRIORITY);
	for (;;) {
		long long late, longest = __atomic_load_n(&s_stalled_ns, __ATOMIC_RELAXED);

		before = now_ns();
		clock_nanosleep(CLOCK_MONOTONIC, 0, &period, NULL);
		late = now_ns() - before - WITNESS_PERIOD_NS;
		while (late > longest && !__atomic_compare_exchange_n(&s_stalled_ns, &longest, late, 0, __ATOMIC_RELAXED,
								       __ATOMIC_RELAXED))
			;
	}
	return NULL;
}

static void start_witnesses(void)
{
	pthread_t thread;

	s_stalled_ns = 0;
	if (pthread_create(&thread, NULL, witness, (void *)0) ||
	    pthread_create(&thread, NULL, witness, (void *)(long)highest_cpu()))
		die("pthread_create");
}

static pid_t start(char **command, int output)
{
	pid_t pid = fork();

	if (pid == 0) {
		dup2(output, STDOUT_FILENO);
		be_real_time(highest_cpu(), READER_PRIORITY);
		execvp(command[0], command);
		die(command[0]);
	}
	close(output);
	return pid;
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
	long long lines = 0;
	int fds[2], status;
	ssize_t length;
	pid_t pid;

	if (argc < 2 || pipe2(fds, O_CLOEXEC))
		die("host");
	pid = start(argv + 1, fds[1]);
	be_real_time(highest_cpu(), DRAIN_PRIORITY);
	while ((length = read(fds[0], buffer, sizeof(buffer))) > 0) {
		if (!lines) {
			start_witnesses();
			printf("%d\n", pid);
			fflush(stdout);
		}
		lines += count_lines(buffer, length);
		keep_tail(tail, buffer, length);
	}
	if (waitpid(pid, &status, 0) != pid || !lines || !WIFEXITED(status) || WEXITSTATUS(status)) {
		fprintf(stderr, "host: %s failed\n", argv[1]);
		return 1;
	}
	printf("lines %lld stalled %lld\n%s\n", lines - 1, __atomic_load_n(&s_stalled_ns, __ATOMIC_RELAXED) / 1000,
	       last_line(tail));
	return 0;
}
