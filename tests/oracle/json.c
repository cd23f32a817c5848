// SPDX-License-Identifier: MIT
#include "json.h"

void json_string(FILE *out, const char *text)
{
	fputc('"', out);
	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		if (*c == '"' || *c == '\\')
			fprintf(out, "\\%c", *c);
		else if (*c == '\n')
			fputs("\\n", out);
		else if (*c < 0x20 || *c > 0x7e)
			fprintf(out, "\\u%04x", *c);
		else
			fputc(*c, out);
	}
	fputc('"', out);
}

void json_hex(FILE *out, const void *bytes, size_t count)
{
	const unsigned char *byte = bytes;

	fputc('"', out);
	for (size_t i = 0; i < count; i++)
		fprintf(out, "%02x", byte[i]);
	fputc('"', out);
}
