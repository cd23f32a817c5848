// SPDX-License-Identifier: MIT
#include "log.h"

#include <bpf/libbpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char s_text[1 << 16];
static size_t s_length;

static int append(enum libbpf_print_level level, const char *format, va_list args)
{
	static const char prefix[] = "libbpf: ";
	char line[4096];
	const char *message = line;
	size_t length;

	vsnprintf(line, sizeof(line), format, args);
	if (getenv("ORACLE_DEBUG"))
		fputs(line, stderr);
	if (level != LIBBPF_WARN)
		return 0;
	if (strncmp(message, prefix, strlen(prefix)) == 0)
		message += strlen(prefix);
	length = strlen(message);
	if (s_length + length >= sizeof(s_text))
		return 0;
	memcpy(s_text + s_length, message, length + 1);
	s_length += length;
	return 0;
}

void log_collect(void)
{
	libbpf_set_print(append);
}

void log_clear(void)
{
	s_length = 0;
	s_text[0] = '\0';
}

const char *log_text(void)
{
	while (s_length > 0 && s_text[s_length - 1] == '\n')
		s_text[--s_length] = '\0';
	return s_text;
}
