// SPDX-License-Identifier: Apache-2.0

#include "debounce.h"

int64_t cgpiod_debounce_due(const struct cgpiod_debounce *debounce) {
    return debounce->pending == debounce->level ? INT64_MAX : debounce->pending_since + debounce->period_nanoseconds;
}

int cgpiod_debounce_settle(struct cgpiod_debounce *debounce, int64_t now, struct cgpiod_edge *edge) {
    const int64_t due = cgpiod_debounce_due(debounce);
    if (now < due) return 0;
    debounce->level = debounce->pending;
    *edge = (struct cgpiod_edge){.monotonic_nanoseconds = due, .is_active = debounce->level};
    return 1;
}

int cgpiod_debounce_take(struct cgpiod_debounce *debounce, int32_t level, int64_t at, struct cgpiod_edge *edge) {
    if (debounce->period_nanoseconds == 0) {
        debounce->level = debounce->pending = level;
        *edge = (struct cgpiod_edge){.monotonic_nanoseconds = at, .is_active = level};
        return 1;
    }
    const int settled = cgpiod_debounce_settle(debounce, at, edge);
    debounce->pending = level;
    debounce->pending_since = at;
    return settled;
}
