// SPDX-License-Identifier: Apache-2.0
//
// Debouncing for libgpiod 1, whose kernel interface has none: a level counts once it has stood for a period, as the
// newer interface does it in the kernel.

#ifndef PSWS_CGPIOD_DEBOUNCE_H
#define PSWS_CGPIOD_DEBOUNCE_H

#include "CGPIOD.h"

struct cgpiod_debounce {
    int64_t period_nanoseconds;  // 0 lets every change through
    int32_t level;               // that counts
    int32_t pending;             // last seen
    int64_t pending_since;       // CLOCK_MONOTONIC, nanoseconds
};

// Takes a change of the line. 1 with an edge when one is certain now: without a period this one, otherwise an earlier
// one that stood long enough before.
int cgpiod_debounce_take(struct cgpiod_debounce *debounce, int32_t level, int64_t at, struct cgpiod_edge *edge);

// Lets time pass: 1 with an edge when the level last seen has stood long enough.
int cgpiod_debounce_settle(struct cgpiod_debounce *debounce, int64_t now, struct cgpiod_edge *edge);

// When the level last seen will count; INT64_MAX when nothing is pending.
int64_t cgpiod_debounce_due(const struct cgpiod_debounce *debounce);

#endif
