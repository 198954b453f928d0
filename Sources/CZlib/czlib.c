// SPDX-License-Identifier: Apache-2.0
#include "CZlib.h"

#include <limits.h>
#include <string.h>
#include <zlib.h>

int czlib_gunzip(const unsigned char *packed, size_t packed_count, unsigned char *space, size_t space_count,
                 size_t *unpacked_count) {
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    *unpacked_count = 0;
    if (packed_count > UINT_MAX || space_count > UINT_MAX) return CZLIB_FULL;
    // 16 asks for gzip alone, 15 for its largest window.
    if (inflateInit2(&stream, 15 + 16) != Z_OK) return CZLIB_DAMAGED;
    stream.next_in = (unsigned char *)packed;
    stream.avail_in = (unsigned int)packed_count;
    stream.next_out = space;
    stream.avail_out = (unsigned int)space_count;
    int status = CZLIB_DONE;
    for (;;) {
        int result = inflate(&stream, Z_FINISH);
        if (result == Z_STREAM_END) {
            if (stream.avail_in == 0) break;
            // Another member follows.
            if (inflateReset(&stream) == Z_OK) continue;
            status = CZLIB_DAMAGED;
        } else if (result == Z_BUF_ERROR || result == Z_OK) {
            status = stream.avail_out == 0 ? CZLIB_FULL : CZLIB_TRUNCATED;
        } else {
            status = CZLIB_DAMAGED;
        }
        break;
    }
    *unpacked_count = space_count - stream.avail_out;
    inflateEnd(&stream);
    return status;
}
