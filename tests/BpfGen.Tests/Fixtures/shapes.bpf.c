/* SPDX-License-Identifier: MIT */
/* Types of every shape, and names that C# cannot take as they are. clang 14; `make` here rebuilds the objects. */
#include "../../fixtures/include/fixture.h"

LICENSE("GPL");

enum { MAP_BLOOM = 30, MAP_TASK_STORAGE = 29, F_NO_PREALLOC = 1 };

enum colour { COLOUR_RED, COLOUR_GREEN = 5, COLOUR_BLUE = 250 };
enum with_sign { BELOW = -1, ABOVE = 1 };

typedef struct {
	u32 prefix_length;
	u8 address[4];
} prefix_t;

struct point {
	s16 x;
	s16 y;
};

struct bits {
	u32 low : 4, high : 12, : 8, top : 8;
	s32 negative : 5;
	u64 wide : 40;
	bool flag : 1;
	enum colour colour : 8;
	enum with_sign sign : 2;
};

struct __attribute__((packed)) packed {
	u8 tag;
	u64 number;
	u16 tail;
	u32 bits : 17;
};

struct everything {
	bool yes;
	char letter;
	signed char tiny;
	u8 byte;
	s16 half;
	u32 word;
	s64 wide;
	__int128 huge;
	float real;
	double precise;
	enum colour colour;
	enum with_sign sign;
	void *pointer;
	int (*function)(int);
	struct point at;
	struct point corners[2];
	u32 matrix[2][3];
	char name[16];
	union {
		u64 number;
		u8 raw[8];
		struct {
			u32 first;
			u32 second;
		};
	};
	struct {
		u16 inner;
	} nested;
	enum { NESTED_OFF, NESTED_ON } mode;
	u8 rest[];
};

union choice {
	u64 whole;
	u32 halves[2];
	struct point at;
};

/* Odd names: keywords, members that C# objects have, equal but for their case, of the class, of its members. */
struct class {
	u32 class;
	u32 Class;
	u32 event;
	u32 ToString;
	u32 get_hash_code;
	u32 _;
	u32 __1st;
	u32 Read;
	u32 a$b;
};

struct spec {
	u32 namespace;
	u32 spec;
};

struct shapes_bpf {
	u32 object;
};

struct System {
	u32 value;
};

struct BpfCore {
	struct System system;
};

/* Sent, not stored. */
struct event {
	u64 when;
	struct bits bits;
	char name[8];
};
const struct event *event_layout;
const enum colour *colour_layout;

struct {
	__uint(type, MAP_HASH);
	__uint(max_entries, 16);
	__type(key, struct point);
	__type(value, struct packed);
} points SEC(".maps");

struct {
	__uint(type, MAP_ARRAY);
	__uint(max_entries, 4);
	__type(key, u32);
	__type(value, u64[4]);
} rows SEC(".maps");

struct {
	__uint(type, MAP_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct { u16 a; u64 b; });
} percpu SEC(".maps");

struct {
	__uint(type, MAP_LPM_TRIE);
	__uint(max_entries, 16);
	__type(key, prefix_t);
	__type(value, union choice);
	__uint(map_flags, F_NO_PREALLOC);
} prefixes SEC(".maps");

struct {
	__uint(type, MAP_HASH);
	__uint(max_entries, 4);
	__uint(key_size, 6);
	__uint(value_size, 8);
} by_size SEC(".maps");

struct {
	__uint(type, MAP_QUEUE);
	__uint(max_entries, 4);
	__type(value, struct point);
} queue SEC(".maps");

struct {
	__uint(type, MAP_BLOOM);
	__uint(max_entries, 4);
	__type(value, u32);
} bloom SEC(".maps");

struct {
	__uint(type, MAP_RINGBUF);
	__uint(max_entries, 4096);
} ring SEC(".maps");

struct inner {
	__uint(type, MAP_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u32);
};

struct {
	__uint(type, MAP_ARRAY_OF_MAPS);
	__uint(max_entries, 2);
	__type(key, u32);
	__array(values, struct inner);
} outer SEC(".maps");

const volatile u64 minimum = 7;
const volatile char prefix[8] = "tcp";
const volatile u16 ports[4] = { 80, 443 };
const volatile enum with_sign sign = BELOW;
const volatile bool enabled = 1;

struct everything last = { .word = 3, .corners = { { 1, 2 }, { -3, 4 } } };
struct class odd;
struct spec odder;
struct shapes_bpf oddest;
struct BpfCore core;
struct bits bits = { .low = 9, .high = 0xabc, .top = 0x81, .negative = -7, .wide = 0x123456789aULL, .flag = 1,
		     .colour = COLOUR_BLUE, .sign = BELOW };
u64 hits;
u32 matrix[2][3] = { { 1, 2, 3 }, { 4, 5, 6 } };
u64 events;
u8 large[2 << 20];
static u64 calls;

/* What user space wrote comes back: constants in hits, a bitfield, an entry for each point. */
SEC("raw_tp/sys_enter") int run(u64 *context)
{
	struct point key = { .x = -5, .y = 6 };
	struct packed *found = map_lookup(&points, &key);

	hits += minimum + ports[1] + (enabled ? 1 : 0);
	bits.high++;
	last.corners[1].x--;
	last.name[0] = prefix[context[0] & 7];
	calls += odd.class + odder.spec + oddest.object + core.system.value + matrix[1][context[0] & 1] + events +
		 large[context[1] & 1023] + sign;
	if (!found)
		return 1;
	found->number += 1;
	found->tail = 0xbeef;
	return 0;
}

SEC("?raw_tp/sys_exit") int class(u64 *context)
{
	return calls;
}
