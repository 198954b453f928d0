// SPDX-License-Identifier: Apache-2.0

#include "board.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct board_chip board_chips[3];
int board_object_count;
static int64_t now_nanoseconds;

void board_reset(void) {
    memset(board_chips, 0, sizeof board_chips);
    board_object_count = 0;
    now_nanoseconds = 1000000000;
    board_chips[0] = (struct board_chip){.name = "gpiochip0", .label = "pinctrl-bcm2711", .exists = 1};
    board_chips[2] = (struct board_chip){.name = "gpiochip2", .label = "expander", .exists = 1};
    board_chips[0].lines[3].name = "roof";
    board_chips[2].lines[5].name = "relay";
}

static struct board_line *at(unsigned chip, unsigned offset) { return &board_chips[chip].lines[offset]; }

int board_is_high(unsigned chip, unsigned offset) { return at(chip, offset)->is_high; }
int board_is_taken(unsigned chip, unsigned offset) { return at(chip, offset)->is_taken; }
enum cgpiod_bias board_bias(unsigned chip, unsigned offset) { return at(chip, offset)->bias; }
uint32_t board_kernel_debounce(unsigned chip, unsigned offset) { return at(chip, offset)->debounce_microseconds; }
int board_objects(void) { return board_object_count; }
int64_t board_now(void) { return now_nanoseconds; }
void board_advance(int64_t nanoseconds) { now_nanoseconds += nanoseconds; }
void board_forbid(unsigned chip, int error) { board_chips[chip].error = error; }
void board_lose_edges(unsigned chip, unsigned offset) { at(chip, offset)->edge_count = 0; }

void board_occupy(unsigned chip, unsigned offset, const char *consumer) {
    at(chip, offset)->is_taken = 1;
    snprintf(at(chip, offset)->consumer, sizeof at(chip, offset)->consumer, "%s", consumer);
}

void board_pull(unsigned chip, unsigned offset, int is_high, int64_t at_nanoseconds) {
    struct board_line *line = at(chip, offset);
    if (line->is_high == is_high) return;
    line->is_high = is_high;
    const int is_active = board_is_active(line);
    if (is_active ? !line->reports_activation : !line->reports_deactivation) return;
    if (line->edge_count == 64) return;
    line->edges[(line->first_edge + line->edge_count++) % 64] =
        (struct cgpiod_edge){.monotonic_nanoseconds = at_nanoseconds, .is_active = is_active};
}

struct board_chip *board_open(const char *path) {
    for (int number = 0; number < 3; number++) {
        struct board_chip *chip = &board_chips[number];
        char own[32];
        snprintf(own, sizeof own, "/dev/%s", chip->name ? chip->name : "");
        if (!chip->exists || strcmp(path, own) != 0) continue;
        errno = chip->error;
        if (chip->error != 0) return NULL;
        board_object_count++;
        return chip;
    }
    errno = ENOENT;
    return NULL;
}

int board_line_named(const struct board_chip *chip, const char *name) {
    for (int offset = 0; offset < 8; offset++) {
        if (chip->lines[offset].name != NULL && strcmp(chip->lines[offset].name, name) == 0) return offset;
    }
    errno = ENOENT;
    return -1;
}

int board_take(struct board_line *line, const char *consumer) {
    if (line->is_taken) {
        errno = EBUSY;
        return -1;
    }
    line->is_taken = 1;
    snprintf(line->consumer, sizeof line->consumer, "%s", consumer);
    line->edge_count = 0;
    return 0;
}

void board_give_back(struct board_line *line) {
    line->is_taken = 0;
    line->consumer[0] = 0;
    line->reports_activation = line->reports_deactivation = 0;
}

int board_is_active(const struct board_line *line) { return line->is_high != line->is_active_low; }

void board_drive(struct board_line *line, int is_active) { line->is_high = is_active != line->is_active_low; }

int board_wait(struct board_line *line, int64_t nanoseconds) {
    const int64_t end = now_nanoseconds + nanoseconds;
    if (line->edge_count > 0) {
        const int64_t edge = line->edges[line->first_edge].monotonic_nanoseconds;
        if (edge <= end) {
            if (edge > now_nanoseconds) now_nanoseconds = edge;
            return 1;
        }
    }
    now_nanoseconds = end;
    return 0;
}

int board_next_edge(struct board_line *line, struct cgpiod_edge *edge) {
    if (line->edge_count == 0) {
        errno = EAGAIN;
        return -1;
    }
    *edge = line->edges[line->first_edge];
    line->first_edge = (line->first_edge + 1) % 64;
    line->edge_count--;
    return 0;
}

int board_clock_gettime(clockid_t clock, struct timespec *time) {
    (void)clock;
    time->tv_sec = now_nanoseconds / 1000000000;
    time->tv_nsec = now_nanoseconds % 1000000000;
    return 0;
}
