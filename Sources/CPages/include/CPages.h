// SPDX-License-Identifier: Apache-2.0
//
// Pages of the program and its libraries: Swift cannot walk the list of loaded objects safely.

#ifndef PSWS_CPAGES_H
#define PSWS_CPAGES_H

#include <stddef.h>

// Gives the kernel back every page of code and constants that is only read, of the program and of all libraries. They stay
// in its cache of files, and those that are used again come back by themselves. Returns their address space in bytes.
size_t cpages_release_read_only(void);

#endif
