// SPDX-License-Identifier: Apache-2.0
//
// Addresses of lines as text, and the device nodes of chips.

#ifndef PSWS_CGPIOD_ADDRESS_H
#define PSWS_CGPIOD_ADDRESS_H

#include <stddef.h>

// Chips are looked for under the numbers below this one. The kernel counts up from 0 and reuses what becomes free.
#define CGPIOD_CHIP_LIMIT 256

// Room for a chip as it stands in an address.
#define CGPIOD_CHIP_TEXT 64

// Takes chip:offset apart: 1, or 0 for the name of a line, or -EINVAL for what is neither.
int cgpiod_split_address(const char *address, char chip[CGPIOD_CHIP_TEXT], unsigned *offset);

// The device node of the chip with a number.
void cgpiod_chip_path(unsigned number, char path[CGPIOD_CHIP_TEXT]);

#endif
