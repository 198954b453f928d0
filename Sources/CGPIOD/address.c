// SPDX-License-Identifier: Apache-2.0

#include "address.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int cgpiod_split_address(const char *address, char chip[CGPIOD_CHIP_TEXT], unsigned *offset) {
    if (address[0] == 0) return -EINVAL;
    const char *colon = strrchr(address, ':');
    // A line's name may hold a colon, but then hardly digits alone behind it.
    if (colon == NULL || colon[1] == 0 || colon[1 + strspn(colon + 1, "0123456789")] != 0) return 0;
    const size_t length = (size_t)(colon - address);
    if (length == 0 || length >= CGPIOD_CHIP_TEXT) return -EINVAL;
    errno = 0;
    const unsigned long number = strtoul(colon + 1, NULL, 10);
    if (errno != 0 || number > 0xffff) return -EINVAL;
    memcpy(chip, address, length);
    chip[length] = 0;
    *offset = (unsigned)number;
    return 1;
}

void cgpiod_chip_path(unsigned number, char path[CGPIOD_CHIP_TEXT]) {
    snprintf(path, CGPIOD_CHIP_TEXT, "/dev/gpiochip%u", number);
}
