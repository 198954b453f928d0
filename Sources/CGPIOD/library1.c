// SPDX-License-Identifier: Apache-2.0
//
// The shim over libgpiod 1.6, whose kernel interface knows no debouncing: that is done here.

#include "library.h"

#if PSWS_LIBGPIOD_MAJOR == 1

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "CGPIOD.h"
#include "address.h"
#include "debounce.h"

struct cgpiod_line {
    struct gpiod_line *line;  // its chip goes with it
    struct cgpiod_debounce debounce;
};

int cgpiod_library_major(void) { return 1; }

static int64_t monotonic_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

// The first line of that name. One chip that may not be opened must not hide those that may: gpiod_line_find gives up.
static int find_named(const char *name, struct gpiod_line **line) {
    int result = -ENOENT;
    for (unsigned number = 0; number < CGPIOD_CHIP_LIMIT; number++) {
        char path[CGPIOD_CHIP_TEXT];
        cgpiod_chip_path(number, path);
        struct gpiod_chip *chip = gpiod_chip_open(path);
        if (chip == NULL) {
            if (errno == EACCES || errno == EPERM) result = -errno;
            continue;
        }
        *line = gpiod_chip_find_line(chip, name);
        if (*line != NULL) return 0;
        gpiod_chip_close(chip);
    }
    return result;
}

static int find(const char *address, struct gpiod_line **line) {
    char chip_text[CGPIOD_CHIP_TEXT];
    unsigned offset;
    const int kind = cgpiod_split_address(address, chip_text, &offset);
    if (kind < 0) return kind;
    if (kind == 0) return find_named(address, line);
    struct gpiod_chip *chip = gpiod_chip_open_lookup(chip_text);
    if (chip == NULL) return -errno;
    *line = gpiod_chip_get_line(chip, offset);
    if (*line != NULL) return 0;
    const int result = -errno;
    gpiod_chip_close(chip);
    return result;
}

int cgpiod_find(const char *address, struct cgpiod_place *place) {
    struct gpiod_line *line;
    const int result = find(address, &line);
    if (result < 0) return result;
    const char *consumer = gpiod_line_consumer(line);
    snprintf(place->chip, sizeof place->chip, "%s", gpiod_chip_name(gpiod_line_get_chip(line)));
    snprintf(place->consumer, sizeof place->consumer, "%s", consumer ? consumer : "");
    place->offset = gpiod_line_offset(line);
    place->is_used = gpiod_line_is_used(line);
    gpiod_line_close_chip(line);
    return 0;
}

static int request_flags(const struct cgpiod_settings *settings) {
    const int polarity = settings->is_active_low ? GPIOD_LINE_REQUEST_FLAG_ACTIVE_LOW : 0;
    switch (settings->bias) {
        case CGPIOD_BIAS_AS_IS: return polarity;
        case CGPIOD_BIAS_DISABLED: return polarity | GPIOD_LINE_REQUEST_FLAG_BIAS_DISABLE;
        case CGPIOD_BIAS_PULL_UP: return polarity | GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_UP;
        case CGPIOD_BIAS_PULL_DOWN: return polarity | GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_DOWN;
    }
    return polarity;
}

static int request(const char *address, const struct gpiod_line_request_config *config, int first_level,
                   struct cgpiod_line **line) {
    struct cgpiod_line *taken = calloc(1, sizeof *taken);
    if (taken == NULL) return -ENOMEM;
    int result = find(address, &taken->line);
    if (result < 0) {
        free(taken);
        return result;
    }
    if (gpiod_line_request(taken->line, config, first_level) < 0) {
        result = -errno;
        gpiod_line_close_chip(taken->line);
        free(taken);
        return result;
    }
    *line = taken;
    return 0;
}

int cgpiod_request_input(const char *address, const char *consumer, const struct cgpiod_settings *settings,
                         struct cgpiod_line **line) {
    if (settings->debounce_microseconds != 0 && settings->edges != CGPIOD_EDGES_BOTH) return -EINVAL;
    const struct gpiod_line_request_config config = {
        .consumer = consumer,
        .request_type = settings->edges == CGPIOD_EDGES_BOTH ? GPIOD_LINE_REQUEST_EVENT_BOTH_EDGES
                                                             : GPIOD_LINE_REQUEST_EVENT_RISING_EDGE,
        .flags = request_flags(settings),
    };
    int result = request(address, &config, 0, line);
    if (result < 0) return result;
    struct cgpiod_debounce *debounce = &(*line)->debounce;
    debounce->period_nanoseconds = (int64_t)settings->debounce_microseconds * 1000;
    result = gpiod_line_get_value((*line)->line);
    if (result < 0) {
        result = -errno;
        cgpiod_release(*line);
        return result;
    }
    debounce->level = debounce->pending = result;
    return 0;
}

int cgpiod_request_output(const char *address, const char *consumer, const struct cgpiod_settings *settings,
                          int is_active, struct cgpiod_line **line) {
    const struct gpiod_line_request_config config = {
        .consumer = consumer,
        .request_type = GPIOD_LINE_REQUEST_DIRECTION_OUTPUT,
        .flags = request_flags(settings),
    };
    return request(address, &config, is_active != 0, line);
}

int cgpiod_read(struct cgpiod_line *line) {
    const int level = gpiod_line_get_value(line->line);
    if (level < 0) return -errno;
    if (line->debounce.period_nanoseconds == 0) return level;
    // A change whose edge was lost is noticed here, and counts when it has stood long enough.
    if (level != line->debounce.pending) {
        line->debounce.pending = level;
        line->debounce.pending_since = monotonic_nanoseconds();
    }
    return line->debounce.level;
}

int cgpiod_set(struct cgpiod_line *line, int is_active) {
    return gpiod_line_set_value(line->line, is_active != 0) < 0 ? -errno : 0;
}

int cgpiod_wait_edge(struct cgpiod_line *line, int timeout_milliseconds, struct cgpiod_edge *edge) {
    int64_t now = monotonic_nanoseconds();
    const int64_t deadline = now + (int64_t)timeout_milliseconds * 1000000;
    for (;;) {
        const int64_t due = cgpiod_debounce_due(&line->debounce);
        const int64_t until = due < deadline ? due : deadline;
        const int64_t left = until > now ? until - now : 0;
        const struct timespec timeout = {.tv_sec = left / 1000000000, .tv_nsec = left % 1000000000};
        const int ready = gpiod_line_event_wait(line->line, &timeout);
        if (ready < 0 && errno != EINTR) return -errno;
        if (ready > 0) {
            struct gpiod_line_event event;
            if (gpiod_line_event_read(line->line, &event) < 0) return -errno;
            const int64_t at = (int64_t)event.ts.tv_sec * 1000000000 + event.ts.tv_nsec;
            const int32_t level = event.event_type == GPIOD_LINE_EVENT_RISING_EDGE;
            if (cgpiod_debounce_take(&line->debounce, level, at, edge)) return 1;
        }
        now = monotonic_nanoseconds();
        // Edges that wait come before the passing of time: they may show that the level did not stand.
        if (ready > 0) continue;
        if (cgpiod_debounce_settle(&line->debounce, now, edge)) return 1;
        if (now >= deadline) return 0;
    }
}

void cgpiod_release(struct cgpiod_line *line) {
    // Closing the chip releases the line, too.
    gpiod_line_close_chip(line->line);
    free(line);
}

#endif
