// SPDX-License-Identifier: Apache-2.0
//
// Asks the shim for lines that no machine has. usage: probe MAJOR

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CGPIOD.h"

int main(int argc, char **argv) {
    const int major = argc > 1 ? atoi(argv[1]) : 0;
    if (cgpiod_library_major() != major) {
        printf("FAILED  the shim stands over libgpiod %d, not %d\n", cgpiod_library_major(), major);
        return 1;
    }
    const struct {
        const char *address;
        int error;
    } cases[] = {{"no-line-has-this-name", ENOENT}, {"no-chip:3", ENOENT}, {"", EINVAL}, {":3", EINVAL}};
    for (size_t index = 0; index < sizeof cases / sizeof *cases; index++) {
        struct cgpiod_place place;
        struct cgpiod_line *line;
        const struct cgpiod_settings settings = {0};
        const int found = cgpiod_find(cases[index].address, &place);
        const int taken = cgpiod_request_input(cases[index].address, "probe", &settings, &line);
        // Where the user may not look at a chip, the line may be there.
        if (found == -EACCES || found == -EPERM) continue;
        if (found != -cases[index].error || taken != found) {
            printf("FAILED  '%s': %s\n", cases[index].address, strerror(-found));
            return 1;
        }
    }
    printf("ok      the shim works over libgpiod %d\n", major);
    return 0;
}
