// SPDX-License-Identifier: Apache-2.0

#include "CTimex.h"

#include <errno.h>
#include <string.h>
#include <sys/timex.h>

int ctimex_read(struct ctimex_reading *reading) {
    struct timex timex;
    memset(&timex, 0, sizeof timex);  // modes 0: nothing is set, so no privilege is needed
    const int state = adjtimex(&timex);
    if (state < 0) return -errno;
    const int64_t fraction_unit = timex.status & STA_NANO ? 1 : 1000;
    reading->realtime_nanoseconds = (int64_t)timex.time.tv_sec * 1000000000 + timex.time.tv_usec * fraction_unit;
    reading->offset_nanoseconds = timex.offset * fraction_unit;
    reading->estimated_error_microseconds = timex.esterror;
    reading->maximum_error_microseconds = timex.maxerror;
    reading->frequency_parts_per_million = (double)timex.freq / 65536;
    reading->tai_minus_utc_seconds = timex.tai;
    reading->state = state;
    reading->status = (uint32_t)timex.status;
    return 0;
}
