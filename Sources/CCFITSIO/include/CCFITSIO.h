// SPDX-License-Identifier: Apache-2.0

// cfitsio behind functions that Swift can import, loaded when the first FITS file is opened and not before: the
// library brings an HTTP client and thirty other libraries along, which an agent that watches a camera never needs.
//
// File names are plain paths. cfitsio's extended syntax (URLs, filters, shell commands, "!" for overwriting) never
// applies, whatever a name looks like.
//
// Every function that returns int returns 0, a status of cfitsio (positive), or CCFITSIO_LIBRARY_MISSING. Rows, planes
// and table rows are counted from 0 here, extensions from 1 (the primary array) as in FITS.

#ifndef CCFITSIO_H
#define CCFITSIO_H

#include <stdint.h>

enum {
    CCFITSIO_LIBRARY_MISSING = -1,
    // Room for a keyword's value or a table's text, and for a message, with the final zero.
    CCFITSIO_VALUE_SIZE = 72,
    CCFITSIO_MESSAGE_SIZE = 256,
    // Most axes that an image is asked for.
    CCFITSIO_AXES = 9,
};

// An open FITS file.
typedef struct ccfitsio_file ccfitsio_file;

// Opens an existing file for reading, or makes a new one (which must not exist). `library` names the shared library;
// NULL stands for the usual names. On failure *file is NULL and `message` says why.
int ccfitsio_open(const char *path, const char *library, ccfitsio_file **file, char *message);
int ccfitsio_create(const char *path, const char *library, ccfitsio_file **file, char *message);

// Closes the file; the second one deletes it too. Both free `file` whatever they return.
int ccfitsio_close(ccfitsio_file *file);
int ccfitsio_discard(ccfitsio_file *file);

// Writes cfitsio's words for a status to `message`, CCFITSIO_MESSAGE_SIZE bytes.
void ccfitsio_describe(ccfitsio_file *file, int status, char *message);

// Go to an extension by its number, *is_image telling images from tables, or to a table by its EXTNAME.
int ccfitsio_select(ccfitsio_file *file, int number, int *is_image);
int ccfitsio_select_table(ccfitsio_file *file, const char *name);

// Shape of the current image: BITPIX as stored, number of axes, their lengths (`axes` has CCFITSIO_AXES places).
int ccfitsio_image_shape(ccfitsio_file *file, int *bits_per_value, int *axis_count, int64_t *axes);
// The value of a keyword as text, without quotes; status 202 if there is none.
int ccfitsio_keyword(ccfitsio_file *file, const char *keyword, char *value);

// Reads `count` values from the start of a row of a plane on, scaled by BSCALE and BZERO.
int ccfitsio_read_uint8(ccfitsio_file *file, int64_t plane, int64_t row, int64_t count, uint8_t *values);
int ccfitsio_read_uint16(ccfitsio_file *file, int64_t plane, int64_t row, int64_t count, uint16_t *values);
int ccfitsio_read_double(ccfitsio_file *file, int64_t plane, int64_t row, int64_t count, double *values);

// Tables: number of rows, a column by its name, one entry of it.
int ccfitsio_row_count(ccfitsio_file *file, int64_t *count);
int ccfitsio_column(ccfitsio_file *file, const char *name, int *column, int *is_text);
int ccfitsio_table_text(ccfitsio_file *file, int column, int64_t row, char *value);
int ccfitsio_table_number(ccfitsio_file *file, int column, int64_t row, double *value);

// Writing: a cube of unsigned values of 8 or 16 bits, its final number of planes, samples, keywords.
int ccfitsio_create_cube(ccfitsio_file *file, int bits, int64_t width, int64_t height, int64_t planes);
int ccfitsio_resize_cube(ccfitsio_file *file, int bits, int64_t width, int64_t height, int64_t planes);
int ccfitsio_write_uint8(ccfitsio_file *file, int64_t plane, int64_t row, int64_t count, const uint8_t *values);
int ccfitsio_write_uint16(ccfitsio_file *file, int64_t plane, int64_t row, int64_t count, const uint16_t *values);
int ccfitsio_put_text(ccfitsio_file *file, const char *keyword, const char *value, const char *comment);
int ccfitsio_put_integer(ccfitsio_file *file, const char *keyword, int64_t value, const char *comment);
int ccfitsio_put_real(ccfitsio_file *file, const char *keyword, double value, const char *comment);
int ccfitsio_put_logical(ccfitsio_file *file, const char *keyword, int value, const char *comment);

// Writing: the binary table TIMES with the columns FRAME (integer), UTC (text, 30 characters), SECONDS (real).
int ccfitsio_create_times(ccfitsio_file *file, int64_t rows);
int ccfitsio_write_time(ccfitsio_file *file, int64_t row, int64_t frame, const char *utc, double seconds);

#endif
