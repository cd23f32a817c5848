/* SPDX-License-Identifier: MIT */
#pragma once

/* Collects libbpf's warnings from now on; with ORACLE_DEBUG set, all it says goes to stderr as well. */
void log_collect(void);

/* Forgets what was collected. */
void log_clear(void);

/* The warnings since the last log_clear(), one a line, without libbpf's prefix; never null. */
const char *log_text(void);
