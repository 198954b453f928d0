// SPDX-License-Identifier: Apache-2.0
//
// What the two imitations of libgpiod share: chips, lines, edges and the time.

#ifndef PSWS_CGPIOD_TRIALS_BOARD_H
#define PSWS_CGPIOD_TRIALS_BOARD_H

#include <stdint.h>
#include <time.h>

#include "CGPIODTrials.h"

struct board_line {
    const char *name;
    char consumer[32];  // of whoever has the line
    int is_taken;
    int is_high;
    int is_active_low;
    int reports_activation, reports_deactivation;
    enum cgpiod_bias bias;
    uint32_t debounce_microseconds;
    struct cgpiod_edge edges[64];
    int first_edge, edge_count;
};

struct board_chip {
    const char *name, *label;
    int exists, error;
    struct board_line lines[8];
};

extern struct board_chip board_chips[3];
extern int board_object_count;

// The chip that a path names; NULL with errno.
struct board_chip *board_open(const char *path);
// The line with a name on a chip; -1 without.
int board_line_named(const struct board_chip *chip, const char *name);
// Takes a line; -1 with errno when somebody has it.
int board_take(struct board_line *line, const char *consumer);
void board_give_back(struct board_line *line);
int board_is_active(const struct board_line *line);
void board_drive(struct board_line *line, int is_active);
// Waits for an edge in virtual time: 1, or 0 after the time given.
int board_wait(struct board_line *line, int64_t nanoseconds);
// The next edge; -1 with errno when there is none.
int board_next_edge(struct board_line *line, struct cgpiod_edge *edge);

// In the place of clock_gettime.
int board_clock_gettime(clockid_t clock, struct timespec *time);

#endif
