// SPDX-License-Identifier: Apache-2.0
//
// A board of lines without hardware, and the shim over it, compiled once for each version of libgpiod: tests see that
// both behave alike. Time is virtual and passes only while somebody waits.

#ifndef PSWS_CGPIOD_TRIALS_H
#define PSWS_CGPIOD_TRIALS_H

#include "CGPIOD.h"

// The shim's functions, as one version of the library has them.
struct trial_shim {
    int major;
    int (*find)(const char *address, struct cgpiod_place *place);
    int (*request_input)(const char *address, const char *consumer, const struct cgpiod_settings *settings,
                         struct cgpiod_line **line);
    int (*request_output)(const char *address, const char *consumer, const struct cgpiod_settings *settings,
                          int is_active, struct cgpiod_line **line);
    int (*read)(struct cgpiod_line *line);
    int (*set)(struct cgpiod_line *line, int is_active);
    int (*wait_edge)(struct cgpiod_line *line, int timeout_milliseconds, struct cgpiod_edge *edge);
    void (*release)(struct cgpiod_line *line);
};

// The shim over version 1 or 2.
const struct trial_shim *trial_shim(int major);

// Chips 0 and 2 (there is no 1), each with eight lines; the label of chip 2 is `expander`. Line 3 of chip 0 is called
// `roof`, line 5 of chip 2 `relay`.
void board_reset(void);

// Puts a line at a voltage, high 1 or low 0, at a time; later than the last one.
void board_pull(unsigned chip, unsigned offset, int is_high, int64_t at_nanoseconds);
// The voltage at which a line is.
int board_is_high(unsigned chip, unsigned offset);
// Lets another program have a line.
void board_occupy(unsigned chip, unsigned offset, const char *consumer);
// Makes opening a chip fail with an error number.
void board_forbid(unsigned chip, int error);
// Forgets the edges that wait to be read.
void board_lose_edges(unsigned chip, unsigned offset);
// How a line was asked for.
int board_is_taken(unsigned chip, unsigned offset);
enum cgpiod_bias board_bias(unsigned chip, unsigned offset);
// Debouncing that was left to the kernel, in microseconds.
uint32_t board_kernel_debounce(unsigned chip, unsigned offset);
// Objects of the library that were made and not freed.
int board_objects(void);
int64_t board_now(void);
void board_advance(int64_t nanoseconds);

#endif
