// SPDX-License-Identifier: Apache-2.0

#include "CNotify.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int cnotify_send(const char *path, const char *message, size_t length) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const size_t path_length = strlen(path);
    if ((path[0] != '/' && path[0] != '@') || path_length < 2) return -EAFNOSUPPORT;
    if (path_length >= sizeof address.sun_path) return -ENAMETOOLONG;
    memcpy(address.sun_path, path, path_length);
    if (path[0] == '@') address.sun_path[0] = 0;
    // An abstract name is as long as the address says and has no terminator.
    const socklen_t address_length =
        (socklen_t)(offsetof(struct sockaddr_un, sun_path) + path_length + (path[0] == '/' ? 1 : 0));
    const int descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -errno;
    int result;
    do {
        result = sendto(descriptor, message, length, MSG_NOSIGNAL | MSG_DONTWAIT, (const struct sockaddr *)&address,
                        address_length) < 0 ? -errno : 0;
    } while (result == -EINTR);
    close(descriptor);
    return result;
}
