/* SPDX-License-Identifier: MIT */
#pragma once

#include <stdbool.h>

/* Prints the lines of tests/corpus/preparations.txt whose conditions hold, without these, values as numbers. */
bool preparations_resolve(const char *path);
