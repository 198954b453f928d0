// SPDX-License-Identifier: Apache-2.0
//
// One datagram to a Unix socket, as sd_notify(3) sends it; libsystemd is not needed for that.

#ifndef PSWS_CNOTIFY_H
#define PSWS_CNOTIFY_H

#include <stddef.h>

// Sends `length` bytes to the socket at `path`; a path that begins with `@` names an abstract socket. Never blocks.
// 0, or -errno.
int cnotify_send(const char *path, const char *message, size_t length);

#endif
