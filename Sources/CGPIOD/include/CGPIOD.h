// SPDX-License-Identifier: Apache-2.0
//
// One line of a GPIO chip, through libgpiod 1.6 (Debian 12) or 2 (Debian 13): two different programming interfaces, of
// which the headers present at compile time decide. Neither is seen here, and both behave alike.
//
// Every function returns 0 or more on success and -errno on failure: ENOENT without such a line or chip, EBUSY when
// another program has it, EACCES or EPERM when the user may not, EINVAL for an offset beyond the chip.
//
// Levels are logical: active is 1, whichever voltage that is.

#ifndef PSWS_CGPIOD_H
#define PSWS_CGPIOD_H

#include <stddef.h>
#include <stdint.h>

enum cgpiod_bias {
    CGPIOD_BIAS_AS_IS,  // as the board has it
    CGPIOD_BIAS_DISABLED,
    CGPIOD_BIAS_PULL_UP,
    CGPIOD_BIAS_PULL_DOWN,
} __attribute__((enum_extensibility(closed)));

enum cgpiod_edges {
    CGPIOD_EDGES_ACTIVATION,  // only the change to active
    CGPIOD_EDGES_BOTH,
} __attribute__((enum_extensibility(closed)));

// How a line is taken.
struct cgpiod_settings {
    enum cgpiod_bias bias;
    int32_t is_active_low;
    enum cgpiod_edges edges;         // of inputs
    uint32_t debounce_microseconds;  // of inputs with both edges: a level counts after it has stood so long; 0 for none
};

// A change of a line's level.
struct cgpiod_edge {
    int64_t monotonic_nanoseconds;  // CLOCK_MONOTONIC; of a debounced line, when the new level had stood long enough
    int32_t is_active;
};

// Where a line is and who has it.
struct cgpiod_place {
    char chip[32];  // such as gpiochip0
    uint32_t offset;
    int32_t is_used;
    char consumer[64];  // who uses it; may be empty
};

// A line that was taken.
struct cgpiod_line;

// The library's major version, 1 or 2.
int cgpiod_library_major(void);

// Looks for a line without taking it. An address is a line's name (the first line of that name counts), or chip:offset,
// where the chip is a number, a name such as gpiochip0, a path or a label.
int cgpiod_find(const char *address, struct cgpiod_place *place);

// Takes a line as input or, with a first level, as output. `consumer` is shown to others who want the line.
int cgpiod_request_input(const char *address, const char *consumer, const struct cgpiod_settings *settings,
                         struct cgpiod_line **line);
int cgpiod_request_output(const char *address, const char *consumer, const struct cgpiod_settings *settings,
                          int is_active, struct cgpiod_line **line);

// The level, 1 or 0; of a debounced line the last one that stood long enough.
int cgpiod_read(struct cgpiod_line *line);

// Drives an output.
int cgpiod_set(struct cgpiod_line *line, int is_active);

// Waits for the next edge: 1 with the edge, 0 when the time has passed without. The kernel keeps 16 edges at the least
// for who looks away.
int cgpiod_wait_edge(struct cgpiod_line *line, int timeout_milliseconds, struct cgpiod_edge *edge);

// Gives the line back and frees it. Whether an output keeps its level is the chip's affair.
void cgpiod_release(struct cgpiod_line *line);

#endif
