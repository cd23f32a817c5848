/* SPDX-License-Identifier: MIT */
/* An event through a ring buffer; with MOVED, the object as it is after someone changed it. */
#include "../../fixtures/include/fixture.h"

static void *(*ringbuf_reserve)(void *map, u64 size, u64 flags) = (void *)131;
static void (*ringbuf_submit)(void *record, u64 flags) = (void *)132;

LICENSE("GPL");

struct sent {
	u32 number;
#ifdef MOVED
	u16 length;
#else
	u32 length;
#endif
	char text[8];
};

struct {
	__uint(type, MAP_RINGBUF);
	__uint(max_entries, 4096);
} ring SEC(".maps");

/* Not inlined: BTF has the types of functions, but no variable and no map leads to this one. */
static NOINLINE int fill(struct sent *record, u32 number)
{
	if (!record)
		return 0;
	record->number = number;
	record->length = 3;
	record->text[0] = 'a';
	record->text[1] = 'b';
	record->text[2] = 'c';
	record->text[3] = 0;
	return 0;
}

SEC("raw_tp/sys_enter") int send(u64 *context)
{
	struct sent *record = ringbuf_reserve(&ring, sizeof(*record), 0);

	if (!record)
		return 1;
	fill(record, context[0]);
	ringbuf_submit(record, 0);
	return 0;
}
