// SPDX-License-Identifier: Apache-2.0
//
// adjtimex(2), read only: Swift's Glibc module leaves it out.

#ifndef PSWS_CTIMEX_H
#define PSWS_CTIMEX_H

#include <stdint.h>

// What the kernel knows of its clock.
struct ctimex_reading {
    int64_t realtime_nanoseconds;        // CLOCK_REALTIME at the moment of the reading, since 1970
    int64_t offset_nanoseconds;          // correction that is still being slewed in
    int64_t estimated_error_microseconds;
    int64_t maximum_error_microseconds;
    double frequency_parts_per_million;  // correction of the clock's rate
    int32_t tai_minus_utc_seconds;       // 0 when nobody has told the kernel
    int32_t state;                       // TIME_OK 0, TIME_INS 1, TIME_DEL 2, TIME_OOP 3, TIME_WAIT 4, TIME_ERROR 5
    uint32_t status;                     // STA_* bits
};

// Fills `reading`; 0, or -errno.
int ctimex_read(struct ctimex_reading *reading);

#endif
