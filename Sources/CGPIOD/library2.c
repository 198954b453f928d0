// SPDX-License-Identifier: Apache-2.0
//
// The shim over libgpiod 2; the kernel debounces.

#include "library.h"

#if PSWS_LIBGPIOD_MAJOR >= 2

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CGPIOD.h"
#include "address.h"

struct cgpiod_line {
    struct gpiod_line_request *request;
    struct gpiod_edge_event_buffer *edges;
    unsigned offset;
};

int cgpiod_library_major(void) { return 2; }

static int has_label(struct gpiod_chip *chip, const char *label) {
    struct gpiod_chip_info *info = gpiod_chip_get_info(chip);
    if (info == NULL) return 0;
    const int is_equal = strcmp(gpiod_chip_info_get_label(info), label) == 0;
    gpiod_chip_info_free(info);
    return is_equal;
}

// The first chip that has a label or, with `name`, a line of that name.
static int search_chips(const char *label, const char *name, struct gpiod_chip **chip, unsigned *offset) {
    int result = -ENOENT;
    for (unsigned number = 0; number < CGPIOD_CHIP_LIMIT; number++) {
        char path[CGPIOD_CHIP_TEXT];
        cgpiod_chip_path(number, path);
        *chip = gpiod_chip_open(path);
        if (*chip == NULL) {
            if (errno == EACCES || errno == EPERM) result = -errno;
            continue;
        }
        if (label != NULL) {
            if (has_label(*chip, label)) return 0;
        } else {
            const int found = gpiod_chip_get_line_offset_from_name(*chip, name);
            if (found >= 0) {
                *offset = (unsigned)found;
                return 0;
            }
        }
        gpiod_chip_close(*chip);
    }
    return result;
}

static int find(const char *address, struct gpiod_chip **chip, unsigned *offset) {
    char text[CGPIOD_CHIP_TEXT];
    const int kind = cgpiod_split_address(address, text, offset);
    if (kind < 0) return kind;
    if (kind == 0) return search_chips(NULL, address, chip, offset);
    // Version 2 opens paths alone; the other forms are those of version 1.
    char path[CGPIOD_CHIP_TEXT + 16];
    const int is_number = text[strspn(text, "0123456789")] == 0;
    snprintf(path, sizeof path, "%s%s", text[0] == '/' ? "" : is_number ? "/dev/gpiochip" : "/dev/", text);
    *chip = gpiod_chip_open(path);
    if (*chip != NULL) return 0;
    const int result = -errno;
    return errno == ENOENT && text[0] != '/' && !is_number ? search_chips(text, NULL, chip, offset) : result;
}

int cgpiod_find(const char *address, struct cgpiod_place *place) {
    struct gpiod_chip *chip;
    unsigned offset;
    int result = find(address, &chip, &offset);
    if (result < 0) return result;
    struct gpiod_chip_info *chip_info = gpiod_chip_get_info(chip);
    struct gpiod_line_info *line_info = chip_info ? gpiod_chip_get_line_info(chip, offset) : NULL;
    if (line_info == NULL) {
        result = -errno;
    } else {
        const char *consumer = gpiod_line_info_get_consumer(line_info);
        snprintf(place->chip, sizeof place->chip, "%s", gpiod_chip_info_get_name(chip_info));
        snprintf(place->consumer, sizeof place->consumer, "%s", consumer ? consumer : "");
        place->offset = offset;
        place->is_used = gpiod_line_info_is_used(line_info);
        gpiod_line_info_free(line_info);
    }
    if (chip_info != NULL) gpiod_chip_info_free(chip_info);
    gpiod_chip_close(chip);
    return result;
}

static enum gpiod_line_bias bias(enum cgpiod_bias bias) {
    switch (bias) {
        case CGPIOD_BIAS_AS_IS: return GPIOD_LINE_BIAS_AS_IS;
        case CGPIOD_BIAS_DISABLED: return GPIOD_LINE_BIAS_DISABLED;
        case CGPIOD_BIAS_PULL_UP: return GPIOD_LINE_BIAS_PULL_UP;
        case CGPIOD_BIAS_PULL_DOWN: return GPIOD_LINE_BIAS_PULL_DOWN;
    }
    return GPIOD_LINE_BIAS_AS_IS;
}

// Takes a line with settings that it frees.
static int request(const char *address, const char *consumer, struct gpiod_line_settings *settings,
                   struct cgpiod_line **line) {
    int result = -ENOMEM;
    struct gpiod_chip *chip = NULL;
    struct cgpiod_line *taken = calloc(1, sizeof *taken);
    struct gpiod_line_config *config = gpiod_line_config_new();
    struct gpiod_request_config *request_config = gpiod_request_config_new();
    if (taken == NULL || settings == NULL || config == NULL || request_config == NULL) goto end;
    taken->edges = gpiod_edge_event_buffer_new(1);
    if (taken->edges == NULL) goto end;
    result = find(address, &chip, &taken->offset);
    if (result < 0) goto end;
    gpiod_request_config_set_consumer(request_config, consumer);
    if (gpiod_line_config_add_line_settings(config, &taken->offset, 1, settings) < 0) {
        result = -errno;
        goto end;
    }
    taken->request = gpiod_chip_request_lines(chip, request_config, config);
    if (taken->request == NULL) {
        result = -errno;
        goto end;
    }
    *line = taken;
    taken = NULL;
end:
    // The request lives on without its chip.
    if (chip != NULL) gpiod_chip_close(chip);
    if (taken != NULL && taken->edges != NULL) gpiod_edge_event_buffer_free(taken->edges);
    free(taken);
    gpiod_request_config_free(request_config);
    gpiod_line_config_free(config);
    gpiod_line_settings_free(settings);
    return result;
}

static struct gpiod_line_settings *line_settings(const struct cgpiod_settings *from, enum gpiod_line_direction direction) {
    struct gpiod_line_settings *settings = gpiod_line_settings_new();
    if (settings == NULL) return NULL;
    gpiod_line_settings_set_direction(settings, direction);
    gpiod_line_settings_set_bias(settings, bias(from->bias));
    gpiod_line_settings_set_active_low(settings, from->is_active_low != 0);
    return settings;
}

int cgpiod_request_input(const char *address, const char *consumer, const struct cgpiod_settings *settings,
                         struct cgpiod_line **line) {
    if (settings->debounce_microseconds != 0 && settings->edges != CGPIOD_EDGES_BOTH) return -EINVAL;
    struct gpiod_line_settings *input = line_settings(settings, GPIOD_LINE_DIRECTION_INPUT);
    if (input == NULL) return -ENOMEM;
    gpiod_line_settings_set_edge_detection(
        input, settings->edges == CGPIOD_EDGES_BOTH ? GPIOD_LINE_EDGE_BOTH : GPIOD_LINE_EDGE_RISING);
    gpiod_line_settings_set_event_clock(input, GPIOD_LINE_CLOCK_MONOTONIC);
    gpiod_line_settings_set_debounce_period_us(input, settings->debounce_microseconds);
    return request(address, consumer, input, line);
}

int cgpiod_request_output(const char *address, const char *consumer, const struct cgpiod_settings *settings,
                          int is_active, struct cgpiod_line **line) {
    struct gpiod_line_settings *output = line_settings(settings, GPIOD_LINE_DIRECTION_OUTPUT);
    if (output == NULL) return -ENOMEM;
    gpiod_line_settings_set_output_value(output, is_active ? GPIOD_LINE_VALUE_ACTIVE : GPIOD_LINE_VALUE_INACTIVE);
    return request(address, consumer, output, line);
}

int cgpiod_read(struct cgpiod_line *line) {
    const enum gpiod_line_value value = gpiod_line_request_get_value(line->request, line->offset);
    return value == GPIOD_LINE_VALUE_ERROR ? -errno : value == GPIOD_LINE_VALUE_ACTIVE;
}

int cgpiod_set(struct cgpiod_line *line, int is_active) {
    const enum gpiod_line_value value = is_active ? GPIOD_LINE_VALUE_ACTIVE : GPIOD_LINE_VALUE_INACTIVE;
    return gpiod_line_request_set_value(line->request, line->offset, value) < 0 ? -errno : 0;
}

int cgpiod_wait_edge(struct cgpiod_line *line, int timeout_milliseconds, struct cgpiod_edge *edge) {
    const int ready = gpiod_line_request_wait_edge_events(line->request, (int64_t)timeout_milliseconds * 1000000);
    // A signal ends the wait early, as if the time had passed.
    if (ready <= 0) return ready == 0 || errno == EINTR ? 0 : -errno;
    if (gpiod_line_request_read_edge_events(line->request, line->edges, 1) < 1) return -errno;
    struct gpiod_edge_event *event = gpiod_edge_event_buffer_get_event(line->edges, 0);
    edge->monotonic_nanoseconds = (int64_t)gpiod_edge_event_get_timestamp_ns(event);
    edge->is_active = gpiod_edge_event_get_event_type(event) == GPIOD_EDGE_EVENT_RISING_EDGE;
    return 1;
}

void cgpiod_release(struct cgpiod_line *line) {
    gpiod_line_request_release(line->request);
    gpiod_edge_event_buffer_free(line->edges);
    free(line);
}

#endif
