// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "CScheduling.h"

#include <sched.h>
#include <time.h>

void psws_pin_to_this_processor(void) {
    cpu_set_t set;
    int processor = sched_getcpu();
    if (processor < 0) return;
    CPU_ZERO(&set);
    CPU_SET(processor, &set);
    (void)sched_setaffinity(0, sizeof set, &set);
}

void psws_run_on_all_processors(void) {
    cpu_set_t set;
    CPU_ZERO(&set);
    for (int processor = 0; processor < CPU_SETSIZE; processor++) CPU_SET(processor, &set);
    (void)sched_setaffinity(0, sizeof set, &set);
}

double psws_thread_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}
