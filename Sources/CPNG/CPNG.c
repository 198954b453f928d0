// SPDX-License-Identifier: Apache-2.0
#include "CPNG.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

/// What an encoding in progress owns, and where it leaves its last words.
typedef struct {
    uint8_t *bytes;
    size_t count;
    size_t capacity;
    char *message;
    size_t message_size;
} encoder;

static void keep_message(encoder *state, const char *text) {
    if (state->message_size == 0) return;
    strncpy(state->message, text, state->message_size - 1);
    state->message[state->message_size - 1] = '\0';
}

static void on_error(png_structp png, png_const_charp text) {
    keep_message(png_get_error_ptr(png), text);
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp text) {
    (void)png;
    (void)text;
}

static void append(png_structp png, png_bytep data, size_t length) {
    encoder *state = png_get_io_ptr(png);
    if (length > SIZE_MAX / 2 - state->count) png_error(png, "the picture is too large for memory");
    if (state->count + length > state->capacity) {
        size_t capacity = 2 * (state->count + length);
        uint8_t *grown = realloc(state->bytes, capacity);
        if (grown == NULL) png_error(png, "out of memory");
        state->bytes = grown;
        state->capacity = capacity;
    }
    memcpy(state->bytes + state->count, data, length);
    state->count += length;
}

static void flush(png_structp png) { (void)png; }

int cpng_encode(const uint8_t *pixels, uint32_t width, uint32_t height, int channels, uint8_t **bytes,
                size_t *byte_count, char *message, size_t message_size) {
    // Everything that changes after setjmp lives behind this struct's address, so that longjmp cannot lose it.
    encoder state = {.message = message, .message_size = message_size};
    keep_message(&state, "");
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &state, on_error, on_warning);
    if (png == NULL) {
        if (message_size > 0 && message[0] == '\0') keep_message(&state, "libpng does not start");
        return -1;
    }
    png_infop info = png_create_info_struct(png);
    if (info == NULL) {
        png_destroy_write_struct(&png, NULL);
        keep_message(&state, "out of memory");
        return -1;
    }
    if (setjmp(png_jmpbuf(png)) != 0) {
        png_destroy_write_struct(&png, &info);
        free(state.bytes);
        return -1;
    }
    png_set_write_fn(png, &state, append, flush);
    png_set_IHDR(png, info, width, height, 8, channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (uint32_t row = 0; row < height; row++) {
        png_write_row(png, pixels + (size_t)row * width * (size_t)channels);
    }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    *bytes = state.bytes;
    *byte_count = state.count;
    return 0;
}

void cpng_free(uint8_t *bytes) { free(bytes); }
