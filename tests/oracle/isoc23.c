// SPDX-License-Identifier: MIT
// The pinned libbpf.a was compiled against glibc >= 2.38, whose headers turn sscanf, fscanf and strtoull into
// these names. Older C libraries lack them; the C99 functions read everything that libbpf parses the same way.

#include <features.h>

#if !__GLIBC_PREREQ(2, 38)

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

int __isoc23_sscanf(const char *text, const char *format, ...)
{
	va_list args;
	int count;

	va_start(args, format);
	count = vsscanf(text, format, args);
	va_end(args);
	return count;
}

int __isoc23_fscanf(FILE *stream, const char *format, ...)
{
	va_list args;
	int count;

	va_start(args, format);
	count = vfscanf(stream, format, args);
	va_end(args);
	return count;
}

unsigned long long __isoc23_strtoull(const char *text, char **end, int base)
{
	return strtoull(text, end, base);
}

#endif
