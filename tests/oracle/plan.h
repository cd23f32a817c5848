/* SPDX-License-Identifier: MIT */
#pragma once

struct bpf_object;

/*
 * Prepares an object as the lines `NAME WHAT...` of a plan say, which are those of tests/corpus/preparations.txt without
 * conditions. Returns 0 or libbpf's error.
 */
int plan_apply(const char *plan, const char *name, struct bpf_object *object);
