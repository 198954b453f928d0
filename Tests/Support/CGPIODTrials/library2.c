// SPDX-License-Identifier: Apache-2.0
//
// As much of libgpiod 2 as the shim uses, over the board, and the shim over that. Names and constants follow its
// gpiod.h; what the kernel would debounce is left as it is.

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define TRIAL(name) library2_##name
#include "rename.h"

// The true header must not come in behind.
#define __LIBGPIOD_GPIOD_H__
#define PSWS_LIBGPIOD_MAJOR 2

enum gpiod_line_value { GPIOD_LINE_VALUE_ERROR = -1, GPIOD_LINE_VALUE_INACTIVE, GPIOD_LINE_VALUE_ACTIVE };
enum gpiod_line_direction { GPIOD_LINE_DIRECTION_AS_IS = 1, GPIOD_LINE_DIRECTION_INPUT, GPIOD_LINE_DIRECTION_OUTPUT };
enum gpiod_line_edge { GPIOD_LINE_EDGE_NONE = 1, GPIOD_LINE_EDGE_RISING, GPIOD_LINE_EDGE_FALLING, GPIOD_LINE_EDGE_BOTH };
enum gpiod_line_bias {
    GPIOD_LINE_BIAS_AS_IS = 1,
    GPIOD_LINE_BIAS_UNKNOWN,
    GPIOD_LINE_BIAS_DISABLED,
    GPIOD_LINE_BIAS_PULL_UP,
    GPIOD_LINE_BIAS_PULL_DOWN,
};
enum gpiod_line_clock { GPIOD_LINE_CLOCK_MONOTONIC = 1 };
enum gpiod_edge_event_type { GPIOD_EDGE_EVENT_RISING_EDGE = 1, GPIOD_EDGE_EVENT_FALLING_EDGE };

struct gpiod_chip {
    struct board_chip *board;
};
struct gpiod_chip_info {
    struct board_chip *board;
};
struct gpiod_line_info {
    struct board_line *board;
};
struct gpiod_line_settings {
    enum gpiod_line_direction direction;
    enum gpiod_line_edge edge;
    enum gpiod_line_bias bias;
    enum gpiod_line_value value;
    bool is_active_low;
    unsigned long debounce_microseconds;
};
struct gpiod_line_config {
    struct gpiod_line_settings settings;
    unsigned offset;
};
struct gpiod_request_config {
    const char *consumer;
};
struct gpiod_line_request {
    struct board_line *board;
};
struct gpiod_edge_event {
    struct cgpiod_edge edge;
};
struct gpiod_edge_event_buffer {
    struct gpiod_edge_event event;
};

static void *made(size_t size) {
    board_object_count++;
    return calloc(1, size);
}

static void gone(void *object) {
    if (object == NULL) return;
    board_object_count--;
    free(object);
}

static struct gpiod_chip *gpiod_chip_open(const char *path) {
    struct board_chip *board = board_open(path);
    if (board == NULL) return NULL;
    struct gpiod_chip *chip = calloc(1, sizeof *chip);
    chip->board = board;
    return chip;
}

static void gpiod_chip_close(struct gpiod_chip *chip) { gone(chip); }

static struct gpiod_chip_info *gpiod_chip_get_info(struct gpiod_chip *chip) {
    struct gpiod_chip_info *info = made(sizeof *info);
    info->board = chip->board;
    return info;
}

static void gpiod_chip_info_free(struct gpiod_chip_info *info) { gone(info); }
static const char *gpiod_chip_info_get_name(struct gpiod_chip_info *info) { return info->board->name; }
static const char *gpiod_chip_info_get_label(struct gpiod_chip_info *info) { return info->board->label; }

static int gpiod_chip_get_line_offset_from_name(struct gpiod_chip *chip, const char *name) {
    return board_line_named(chip->board, name);
}

static struct gpiod_line_info *gpiod_chip_get_line_info(struct gpiod_chip *chip, unsigned offset) {
    if (offset >= 8) {
        errno = EINVAL;
        return NULL;
    }
    struct gpiod_line_info *info = made(sizeof *info);
    info->board = &chip->board->lines[offset];
    return info;
}

static void gpiod_line_info_free(struct gpiod_line_info *info) { gone(info); }
static bool gpiod_line_info_is_used(struct gpiod_line_info *info) { return info->board->is_taken; }
static const char *gpiod_line_info_get_consumer(struct gpiod_line_info *info) { return info->board->consumer; }

static struct gpiod_line_settings *gpiod_line_settings_new(void) { return made(sizeof(struct gpiod_line_settings)); }
static void gpiod_line_settings_free(struct gpiod_line_settings *settings) { gone(settings); }

static int gpiod_line_settings_set_direction(struct gpiod_line_settings *to, enum gpiod_line_direction direction) {
    to->direction = direction;
    return 0;
}

static int gpiod_line_settings_set_edge_detection(struct gpiod_line_settings *to, enum gpiod_line_edge edge) {
    to->edge = edge;
    return 0;
}

static int gpiod_line_settings_set_bias(struct gpiod_line_settings *to, enum gpiod_line_bias bias) {
    to->bias = bias;
    return 0;
}

static void gpiod_line_settings_set_active_low(struct gpiod_line_settings *to, bool is_active_low) {
    to->is_active_low = is_active_low;
}

static void gpiod_line_settings_set_debounce_period_us(struct gpiod_line_settings *to, unsigned long period) {
    to->debounce_microseconds = period;
}

static int gpiod_line_settings_set_event_clock(struct gpiod_line_settings *to, enum gpiod_line_clock clock) {
    (void)to;
    return clock == GPIOD_LINE_CLOCK_MONOTONIC ? 0 : -1;
}

static int gpiod_line_settings_set_output_value(struct gpiod_line_settings *to, enum gpiod_line_value value) {
    to->value = value;
    return 0;
}

static struct gpiod_line_config *gpiod_line_config_new(void) { return made(sizeof(struct gpiod_line_config)); }
static void gpiod_line_config_free(struct gpiod_line_config *config) { gone(config); }

static int gpiod_line_config_add_line_settings(struct gpiod_line_config *config, const unsigned *offsets, size_t count,
                                               struct gpiod_line_settings *settings) {
    config->settings = *settings;
    config->offset = offsets[0];
    return count == 1 ? 0 : -1;
}

static struct gpiod_request_config *gpiod_request_config_new(void) { return made(sizeof(struct gpiod_request_config)); }
static void gpiod_request_config_free(struct gpiod_request_config *config) { gone(config); }

static void gpiod_request_config_set_consumer(struct gpiod_request_config *config, const char *consumer) {
    config->consumer = consumer;
}

static struct gpiod_line_request *gpiod_chip_request_lines(struct gpiod_chip *chip, struct gpiod_request_config *how,
                                                           struct gpiod_line_config *config) {
    if (config->offset >= 8) {
        errno = EINVAL;
        return NULL;
    }
    static const enum cgpiod_bias biases[] = {
        [GPIOD_LINE_BIAS_AS_IS] = CGPIOD_BIAS_AS_IS,
        [GPIOD_LINE_BIAS_DISABLED] = CGPIOD_BIAS_DISABLED,
        [GPIOD_LINE_BIAS_PULL_UP] = CGPIOD_BIAS_PULL_UP,
        [GPIOD_LINE_BIAS_PULL_DOWN] = CGPIOD_BIAS_PULL_DOWN,
    };
    struct board_line *line = &chip->board->lines[config->offset];
    const struct gpiod_line_settings *settings = &config->settings;
    if (board_take(line, how->consumer) < 0) return NULL;
    line->is_active_low = settings->is_active_low;
    line->bias = biases[settings->bias];
    line->debounce_microseconds = (uint32_t)settings->debounce_microseconds;
    line->reports_activation = settings->edge == GPIOD_LINE_EDGE_RISING || settings->edge == GPIOD_LINE_EDGE_BOTH;
    line->reports_deactivation = settings->edge == GPIOD_LINE_EDGE_BOTH;
    if (settings->direction == GPIOD_LINE_DIRECTION_OUTPUT) board_drive(line, settings->value);
    struct gpiod_line_request *request = made(sizeof *request);
    request->board = line;
    return request;
}

static void gpiod_line_request_release(struct gpiod_line_request *request) {
    board_give_back(request->board);
    gone(request);
}

static enum gpiod_line_value gpiod_line_request_get_value(struct gpiod_line_request *request, unsigned offset) {
    (void)offset;
    return board_is_active(request->board) ? GPIOD_LINE_VALUE_ACTIVE : GPIOD_LINE_VALUE_INACTIVE;
}

static int gpiod_line_request_set_value(struct gpiod_line_request *request, unsigned offset, enum gpiod_line_value value) {
    (void)offset;
    board_drive(request->board, value);
    return 0;
}

static int gpiod_line_request_wait_edge_events(struct gpiod_line_request *request, int64_t timeout) {
    return board_wait(request->board, timeout);
}

static struct gpiod_edge_event_buffer *gpiod_edge_event_buffer_new(size_t capacity) {
    (void)capacity;
    return made(sizeof(struct gpiod_edge_event_buffer));
}

static void gpiod_edge_event_buffer_free(struct gpiod_edge_event_buffer *buffer) { gone(buffer); }

static int gpiod_line_request_read_edge_events(struct gpiod_line_request *request, struct gpiod_edge_event_buffer *into,
                                               size_t limit) {
    return limit < 1 || board_next_edge(request->board, &into->event.edge) < 0 ? -1 : 1;
}

static struct gpiod_edge_event *gpiod_edge_event_buffer_get_event(struct gpiod_edge_event_buffer *buffer,
                                                                  unsigned long index) {
    (void)index;
    return &buffer->event;
}

static uint64_t gpiod_edge_event_get_timestamp_ns(struct gpiod_edge_event *event) {
    return (uint64_t)event->edge.monotonic_nanoseconds;
}

static enum gpiod_edge_event_type gpiod_edge_event_get_event_type(struct gpiod_edge_event *event) {
    return event->edge.is_active ? GPIOD_EDGE_EVENT_RISING_EDGE : GPIOD_EDGE_EVENT_FALLING_EDGE;
}

#include "../../../Sources/CGPIOD/library2.c"

const struct trial_shim trial_shim2 = {
    .major = 2,
    .find = cgpiod_find,
    .request_input = cgpiod_request_input,
    .request_output = cgpiod_request_output,
    .read = cgpiod_read,
    .set = cgpiod_set,
    .wait_edge = cgpiod_wait_edge,
    .release = cgpiod_release,
};
