/* SPDX-License-Identifier: MIT */
#pragma once

#include <bpf/libbpf.h>
#include <stdarg.h>

/* Forgets what libbpf and the kernel said of the last object. */
void report_begin(void);

/* For libbpf_set_print(): keeps what a refusal is told from. */
int report_collect(enum libbpf_print_level level, const char *format, va_list args);

/* Gives the programs of an object a place for the verifier's log. */
void report_logs(struct bpf_object *object);

/* Notes a function that the kernel lacks. */
void report_missing(const char *function);

/* Prints why an object was refused. */
void report_refusal(const char *name, int error);

/* Prints what of an object is in the kernel. */
void report_loaded(const char *name, struct bpf_object *object);
