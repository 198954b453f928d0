// SPDX-License-Identifier: Apache-2.0
// libpng reports errors by longjmp, which must not cross Swift frames: it begins and ends in this shim.
#ifndef CPNG_H
#define CPNG_H

#include <png.h>
#include <stddef.h>
#include <stdint.h>

/// Encodes an image of 8 bits a channel as PNG.
///
/// `pixels` holds width * height * channels bytes, row after row without padding; `channels` is 1 (grey) or 3 (RGB).
/// Returns 0 and sets `*bytes` (to be given back with `cpng_free`) and `*byte_count`, or returns -1, sets neither
/// and leaves the reason in `message`, which is always terminated.
int cpng_encode(const uint8_t *_Nonnull pixels, uint32_t width, uint32_t height, int channels,
                uint8_t *_Nullable *_Nonnull bytes, size_t *_Nonnull byte_count,
                char *_Nonnull message, size_t message_size);

/// Gives back what `cpng_encode` returned.
void cpng_free(uint8_t *_Nullable bytes);

#endif
