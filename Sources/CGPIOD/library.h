// SPDX-License-Identifier: Apache-2.0
//
// Which libgpiod there is. Its headers name no version, but one constant went with version 1.

#ifndef PSWS_CGPIOD_LIBRARY_H
#define PSWS_CGPIOD_LIBRARY_H

#include <gpiod.h>

#ifndef PSWS_LIBGPIOD_MAJOR
#ifdef GPIOD_LINE_BULK_MAX_LINES
#define PSWS_LIBGPIOD_MAJOR 1
#else
#define PSWS_LIBGPIOD_MAJOR 2
#endif
#endif

#endif
