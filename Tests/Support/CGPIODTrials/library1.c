// SPDX-License-Identifier: Apache-2.0
//
// As much of libgpiod 1.6 as the shim uses, over the board, and the shim over that. Structures, names and constants
// follow its gpiod.h.

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define TRIAL(name) library1_##name
#include "rename.h"

// The true header must not come in behind.
#define __LIBGPIOD_GPIOD_H__
#define PSWS_LIBGPIOD_MAJOR 1

enum {
    GPIOD_LINE_REQUEST_DIRECTION_OUTPUT = 3,
    GPIOD_LINE_REQUEST_EVENT_RISING_EDGE = 5,
    GPIOD_LINE_REQUEST_EVENT_BOTH_EDGES = 6,
};
enum {
    GPIOD_LINE_REQUEST_FLAG_ACTIVE_LOW = 1 << 2,
    GPIOD_LINE_REQUEST_FLAG_BIAS_DISABLE = 1 << 3,
    GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_DOWN = 1 << 4,
    GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_UP = 1 << 5,
};
enum { GPIOD_LINE_EVENT_RISING_EDGE = 1, GPIOD_LINE_EVENT_FALLING_EDGE };

struct gpiod_line_request_config {
    const char *consumer;
    int request_type;
    int flags;
};
struct gpiod_line_event {
    struct timespec ts;
    int event_type;
};
struct gpiod_chip {
    struct board_chip *board;
    struct gpiod_line *lines[8];
};
struct gpiod_line {
    struct gpiod_chip *chip;
    struct board_line *board;
    unsigned offset;
    int is_requested;
};

static struct gpiod_chip *gpiod_chip_open(const char *path) {
    struct board_chip *board = board_open(path);
    if (board == NULL) return NULL;
    struct gpiod_chip *chip = calloc(1, sizeof *chip);
    chip->board = board;
    return chip;
}

static void gpiod_chip_close(struct gpiod_chip *chip) {
    for (int offset = 0; offset < 8; offset++) {
        struct gpiod_line *line = chip->lines[offset];
        if (line != NULL && line->is_requested) board_give_back(line->board);
        free(line);
    }
    free(chip);
    board_object_count--;
}

static struct gpiod_chip *gpiod_chip_open_lookup(const char *text) {
    for (int number = 0; number < 3; number++) {
        const struct board_chip *chip = &board_chips[number];
        if (!chip->exists) continue;
        char path[32] = "/dev/", digit[2] = {(char)('0' + number), 0};
        strcat(path, chip->name);
        if (strcmp(text, path) == 0 || strcmp(text, chip->name) == 0 || strcmp(text, chip->label) == 0 ||
            strcmp(text, digit) == 0)
            return gpiod_chip_open(path);
    }
    errno = ENOENT;
    return NULL;
}

static struct gpiod_line *gpiod_chip_get_line(struct gpiod_chip *chip, unsigned offset) {
    if (offset >= 8) {
        errno = EINVAL;
        return NULL;
    }
    if (chip->lines[offset] == NULL) {
        struct gpiod_line *line = chip->lines[offset] = calloc(1, sizeof *line);
        *line = (struct gpiod_line){.chip = chip, .board = &chip->board->lines[offset], .offset = offset};
    }
    return chip->lines[offset];
}

static struct gpiod_line *gpiod_chip_find_line(struct gpiod_chip *chip, const char *name) {
    const int offset = board_line_named(chip->board, name);
    return offset < 0 ? NULL : gpiod_chip_get_line(chip, (unsigned)offset);
}

static const char *gpiod_chip_name(struct gpiod_chip *chip) { return chip->board->name; }
static struct gpiod_chip *gpiod_line_get_chip(struct gpiod_line *line) { return line->chip; }
static unsigned gpiod_line_offset(struct gpiod_line *line) { return line->offset; }
static const char *gpiod_line_consumer(struct gpiod_line *line) { return line->board->consumer; }
static bool gpiod_line_is_used(struct gpiod_line *line) { return line->board->is_taken; }
static void gpiod_line_close_chip(struct gpiod_line *line) { gpiod_chip_close(line->chip); }

static int gpiod_line_request(struct gpiod_line *line, const struct gpiod_line_request_config *config, int level) {
    struct board_line *board = line->board;
    if (board_take(board, config->consumer) < 0) return -1;
    line->is_requested = 1;
    board->is_active_low = (config->flags & GPIOD_LINE_REQUEST_FLAG_ACTIVE_LOW) != 0;
    board->bias = config->flags & GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_UP     ? CGPIOD_BIAS_PULL_UP
                  : config->flags & GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_DOWN ? CGPIOD_BIAS_PULL_DOWN
                  : config->flags & GPIOD_LINE_REQUEST_FLAG_BIAS_DISABLE   ? CGPIOD_BIAS_DISABLED
                                                                           : CGPIOD_BIAS_AS_IS;
    board->debounce_microseconds = 0;
    board->reports_activation = config->request_type != GPIOD_LINE_REQUEST_DIRECTION_OUTPUT;
    board->reports_deactivation = config->request_type == GPIOD_LINE_REQUEST_EVENT_BOTH_EDGES;
    if (config->request_type == GPIOD_LINE_REQUEST_DIRECTION_OUTPUT) board_drive(board, level);
    return 0;
}

static int gpiod_line_get_value(struct gpiod_line *line) { return board_is_active(line->board); }

static int gpiod_line_set_value(struct gpiod_line *line, int value) {
    board_drive(line->board, value);
    return 0;
}

static int gpiod_line_event_wait(struct gpiod_line *line, const struct timespec *timeout) {
    return board_wait(line->board, (int64_t)timeout->tv_sec * 1000000000 + timeout->tv_nsec);
}

static int gpiod_line_event_read(struct gpiod_line *line, struct gpiod_line_event *event) {
    struct cgpiod_edge edge;
    if (board_next_edge(line->board, &edge) < 0) return -1;
    event->ts.tv_sec = edge.monotonic_nanoseconds / 1000000000;
    event->ts.tv_nsec = edge.monotonic_nanoseconds % 1000000000;
    event->event_type = edge.is_active ? GPIOD_LINE_EVENT_RISING_EDGE : GPIOD_LINE_EVENT_FALLING_EDGE;
    return 0;
}

#include "../../../Sources/CGPIOD/library1.c"

const struct trial_shim trial_shim1 = {
    .major = 1,
    .find = cgpiod_find,
    .request_input = cgpiod_request_input,
    .request_output = cgpiod_request_output,
    .read = cgpiod_read,
    .set = cgpiod_set,
    .wait_edge = cgpiod_wait_edge,
    .release = cgpiod_release,
};
