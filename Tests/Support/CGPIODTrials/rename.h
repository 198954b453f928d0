// SPDX-License-Identifier: Apache-2.0
//
// Included before the shim's source: gives its functions names of their own (TRIAL(x)), because the program also holds
// the real ones, and the board's clock.

#ifndef TRIAL
#error "TRIAL must be defined"
#endif

#include <time.h>

#include "board.h"

#define cgpiod_library_major TRIAL(library_major)
#define cgpiod_find TRIAL(find)
#define cgpiod_request_input TRIAL(request_input)
#define cgpiod_request_output TRIAL(request_output)
#define cgpiod_read TRIAL(read)
#define cgpiod_set TRIAL(set)
#define cgpiod_wait_edge TRIAL(wait_edge)
#define cgpiod_release TRIAL(release)
#define clock_gettime board_clock_gettime

// The shim's functions, for the table of this version. What CGPIOD.h declares was declared under the true names.
int cgpiod_library_major(void);
int cgpiod_find(const char *address, struct cgpiod_place *place);
int cgpiod_request_input(const char *address, const char *consumer, const struct cgpiod_settings *settings,
                         struct cgpiod_line **line);
int cgpiod_request_output(const char *address, const char *consumer, const struct cgpiod_settings *settings,
                          int is_active, struct cgpiod_line **line);
int cgpiod_read(struct cgpiod_line *line);
int cgpiod_set(struct cgpiod_line *line, int is_active);
int cgpiod_wait_edge(struct cgpiod_line *line, int timeout_milliseconds, struct cgpiod_edge *edge);
void cgpiod_release(struct cgpiod_line *line);
