// SPDX-License-Identifier: Apache-2.0
#ifndef CCURL_H
#define CCURL_H

#include <stddef.h>

/// How a transfer ended.
enum ccurl_status {
    /// The resource is there.
    CCURL_DONE = 0,
    /// It has not changed since the validators were given.
    CCURL_UNCHANGED = 1,
    /// It is larger than the space.
    CCURL_TOO_LARGE = 2,
    /// It could not be fetched; the error text says why.
    CCURL_FAILED = 3,
};

/// Length of a validator (ETag, Last-Modified) and of an error text, with the zero at the end.
enum { CCURL_TEXT_SIZE = 512 };

/// A transfer: what is asked for, and what came.
struct ccurl_transfer {
    /// Longest time for connecting and for all of it, in seconds.
    long connect_seconds, total_seconds;
    /// Validators of what is known already, empty for none; afterwards those of the answer.
    char etag[CCURL_TEXT_SIZE], modified[CCURL_TEXT_SIZE];
    /// Status of HTTP, 0 for other schemes.
    long http_status;
    /// Why it failed.
    char error[CCURL_TEXT_SIZE];
};

/// Fetches a resource over https, http or from a file into given space.
///
/// Given: the address and the transfer. Returned: the bytes, their number, and a status of the above. At most five
/// redirections are followed, and never to another scheme than https and http. Certificates are checked. libcurl is
/// loaded with the first transfer.
int ccurl_fetch(const char *address, struct ccurl_transfer *transfer, unsigned char *space, size_t space_count,
                size_t *count);

#endif
