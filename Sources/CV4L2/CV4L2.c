// SPDX-License-Identifier: Apache-2.0

#include "CV4L2.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

struct cv4l2_device {
    struct cv4l2_operations operations;
    int descriptor;
};

int cv4l2_open(const char *path, const struct cv4l2_operations *operations, int converts, struct cv4l2_device **device) {
    *device = NULL;
    struct cv4l2_device *opened = malloc(sizeof *opened);
    if (opened == NULL) return -ENOMEM;
    opened->operations = *operations;
    do {
        opened->descriptor = operations->open(operations->context, path);
    } while (opened->descriptor == -EINTR);
    int result = opened->descriptor;
    if (result >= 0) {
        do {
            result = operations->attach(operations->context, opened->descriptor, converts);
        } while (result == -EINTR);
        if (result < 0) operations->close(operations->context, opened->descriptor);
    }
    if (result < 0) {
        free(opened);
        return result;
    }
    *device = opened;
    return 0;
}

void cv4l2_close(struct cv4l2_device *device) {
    // Never repeated: after EINTR Linux has closed the descriptor already.
    device->operations.close(device->operations.context, device->descriptor);
    free(device);
}

int cv4l2_call(struct cv4l2_device *device, enum cv4l2_request request, void *argument) {
    int result;
    do {
        result = device->operations.request(device->operations.context, device->descriptor, request, argument);
    } while (result == -EINTR);
    return result;
}

int cv4l2_map(struct cv4l2_device *device, size_t length, int64_t offset, void **address) {
    return device->operations.map(device->operations.context, device->descriptor, length, offset, address);
}

int cv4l2_unmap(struct cv4l2_device *device, void *address, size_t length) {
    return device->operations.unmap(device->operations.context, address, length);
}

static int64_t monotonic_milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int cv4l2_wait(struct cv4l2_device *device, int timeout_milliseconds) {
    const int64_t deadline = monotonic_milliseconds() + timeout_milliseconds;
    int remaining = timeout_milliseconds;
    for (;;) {
        int result = device->operations.wait(device->operations.context, device->descriptor, remaining);
        if (result != -EINTR) return result;
        const int64_t left = deadline - monotonic_milliseconds();
        remaining = left > 0 ? (int)left : 0;
    }
}
