// SPDX-License-Identifier: Apache-2.0
#ifndef CZLIB_H
#define CZLIB_H

#include <stddef.h>

/// How unpacking ended.
enum czlib_status {
    /// All members of the file are unpacked and their checksums agree.
    CZLIB_DONE = 0,
    /// The space does not suffice.
    CZLIB_FULL = 1,
    /// The data end within a member.
    CZLIB_TRUNCATED = 2,
    /// The data are damaged.
    CZLIB_DAMAGED = 3,
};

/// Unpacks gzip data of one or more members.
///
/// Given: the packed bytes, and space. Returned: the number of bytes unpacked, and a status of the above.
int czlib_gunzip(const unsigned char *packed, size_t packed_count, unsigned char *space, size_t space_count,
                 size_t *unpacked_count);

#endif
