/* SPDX-License-Identifier: MIT */
#pragma once

#include <stddef.h>
#include <stdio.h>

/* Writes text as a JSON string, quotes included. */
void json_string(FILE *out, const char *text);

/* Writes bytes as a JSON string of lower-case hex digits. */
void json_hex(FILE *out, const void *bytes, size_t count);
