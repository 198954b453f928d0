// SPDX-License-Identifier: Apache-2.0

#include "CCFITSIO.h"

#include <dlfcn.h>
#include <fitsio.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// cfitsio's functions under the short names that its library exports (the long ones are macros).
#define CFITSIO_FUNCTIONS(X) \
    X(ffdkopn) X(ffdkinit) X(ffclos) X(ffdelt) X(ffgerr) X(ffgmsg) X(ffcmsg) X(ffmahd) X(ffmnhd) \
    X(ffgiprll) X(ffgkys) X(ffgpxvll) X(ffgnrwll) X(ffgcno) X(ffgtclll) X(ffgcvs) X(ffgcvd) X(ffcrimll) \
    X(ffrsimll) X(ffppxll) X(ffukls) X(ffukyj) X(ffukyd) X(ffukyl) X(ffcrtb) X(ffpcljj) X(ffpcls) X(ffpcld)

struct functions {
#define MEMBER(name) __typeof__(&name) name;
    CFITSIO_FUNCTIONS(MEMBER)
#undef MEMBER
};

struct ccfitsio_file {
    struct functions call;
    fitsfile *fits;
};

// cfitsio keeps its table of open files and its messages in globals; not every build of it locks them itself.
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int load(struct functions *call, const char *library)
{
    static const char *const usual_names[] = {"libcfitsio.so.10", "libcfitsio.so.9", "libcfitsio.so"};
    void *handle = NULL;
    if (library) {
        handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    } else {
        for (size_t i = 0; !handle && i < sizeof usual_names / sizeof *usual_names; i++)
            handle = dlopen(usual_names[i], RTLD_NOW | RTLD_LOCAL);
    }
    if (!handle)
        return CCFITSIO_LIBRARY_MISSING;
    // The handle stays open: libraries that cfitsio brings along do not survive being unloaded.
#define LOOK_UP(name) \
    if (!(call->name = (__typeof__(&name))dlsym(handle, #name))) \
        return CCFITSIO_LIBRARY_MISSING;
    CFITSIO_FUNCTIONS(LOOK_UP)
#undef LOOK_UP
    return 0;
}

static void describe(struct functions *call, int status, char *message)
{
    char text[FLEN_ERRMSG] = "", detail[FLEN_ERRMSG] = "";
    call->ffgerr(status, text);
    call->ffgmsg(detail);
    call->ffcmsg();
    snprintf(message, CCFITSIO_MESSAGE_SIZE, detail[0] ? "%s: %s" : "%s", text, detail);
}

static int open_or_create(const char *path, const char *library, ccfitsio_file **file, char *message, int create)
{
    *file = NULL;
    message[0] = 0;
    // A leading "./" keeps cfitsio from seeing "!", "~" or "-" at the start of a name.
    char plain_path[FLEN_FILENAME];
    int length = snprintf(plain_path, sizeof plain_path, path[0] == '/' ? "%s" : "./%s", path);
    if (length < 0 || (size_t)length >= sizeof plain_path) {
        snprintf(message, CCFITSIO_MESSAGE_SIZE, "the path is longer than %d bytes", FLEN_FILENAME - 1);
        return FILE_NOT_OPENED;
    }
    ccfitsio_file *opened = calloc(1, sizeof *opened);
    if (!opened)
        return MEMORY_ALLOCATION;
    pthread_mutex_lock(&lock);
    int status = load(&opened->call, library);
    if (status == 0) {
        opened->call.ffcmsg();
        if (create)
            opened->call.ffdkinit(&opened->fits, plain_path, &status);
        else
            opened->call.ffdkopn(&opened->fits, plain_path, READONLY, &status);
        if (status)
            describe(&opened->call, status, message);
    }
    pthread_mutex_unlock(&lock);
    if (status)
        free(opened);
    else
        *file = opened;
    return status;
}

int ccfitsio_open(const char *path, const char *library, ccfitsio_file **file, char *message)
{
    return open_or_create(path, library, file, message, 0);
}

int ccfitsio_create(const char *path, const char *library, ccfitsio_file **file, char *message)
{
    return open_or_create(path, library, file, message, 1);
}

// Runs `call`, which sets `status`, under the lock and returns the status.
#define LOCKED(call) \
    int status = 0; \
    pthread_mutex_lock(&lock); \
    call; \
    pthread_mutex_unlock(&lock); \
    return status

static int close_and_free(ccfitsio_file *file, int delete)
{
    int status = 0;
    pthread_mutex_lock(&lock);
    if (delete)
        file->call.ffdelt(file->fits, &status);
    else
        file->call.ffclos(file->fits, &status);
    file->call.ffcmsg();
    pthread_mutex_unlock(&lock);
    free(file);
    return status;
}

int ccfitsio_close(ccfitsio_file *file)
{
    return close_and_free(file, 0);
}

int ccfitsio_discard(ccfitsio_file *file)
{
    return close_and_free(file, 1);
}

void ccfitsio_describe(ccfitsio_file *file, int status, char *message)
{
    pthread_mutex_lock(&lock);
    describe(&file->call, status, message);
    pthread_mutex_unlock(&lock);
}

int ccfitsio_select(ccfitsio_file *file, int number, int *is_image)
{
    int type = 0;
    LOCKED(file->call.ffmahd(file->fits, number, &type, &status); *is_image = type == IMAGE_HDU);
}

int ccfitsio_select_table(ccfitsio_file *file, const char *name)
{
    LOCKED(file->call.ffmnhd(file->fits, BINARY_TBL, (char *)name, 0, &status));
}

int ccfitsio_image_shape(ccfitsio_file *file, int *bits_per_value, int *axis_count, int64_t *axes)
{
    LONGLONG lengths[CCFITSIO_AXES];
    for (int i = 0; i < CCFITSIO_AXES; i++)
        lengths[i] = 1;
    LOCKED(file->call.ffgiprll(file->fits, CCFITSIO_AXES, bits_per_value, axis_count, lengths, &status);
           for (int i = 0; i < CCFITSIO_AXES; i++) axes[i] = lengths[i]);
}

int ccfitsio_keyword(ccfitsio_file *file, const char *keyword, char *value)
{
    char text[FLEN_VALUE] = "", comment[FLEN_COMMENT] = "";
    LOCKED(file->call.ffgkys(file->fits, keyword, text, comment, &status);
           snprintf(value, CCFITSIO_VALUE_SIZE, "%s", text));
}

#define FIRST_PIXEL(plane, row) {1, (row) + 1, (plane) + 1, 1, 1, 1, 1, 1, 1}

static int read_values(ccfitsio_file *file, int type, int64_t plane, int64_t row, int64_t count, void *values)
{
    LONGLONG first[CCFITSIO_AXES] = FIRST_PIXEL(plane, row);
    int any_undefined = 0;
    LOCKED(file->call.ffgpxvll(file->fits, type, first, count, NULL, values, &any_undefined, &status));
}

int ccfitsio_read_uint8(ccfitsio_file *file, int64_t plane, int64_t row, int64_t count, uint8_t *values)
{
    return read_values(file, TBYTE, plane, row, count, values);
}

int ccfitsio_read_uint16(ccfitsio_file *file, int64_t plane, int64_t row, int64_t count, uint16_t *values)
{
    return read_values(file, TUSHORT, plane, row, count, values);
}

int ccfitsio_read_double(ccfitsio_file *file, int64_t plane, int64_t row, int64_t count, double *values)
{
    return read_values(file, TDOUBLE, plane, row, count, values);
}

int ccfitsio_row_count(ccfitsio_file *file, int64_t *count)
{
    LONGLONG rows = 0;
    LOCKED(file->call.ffgnrwll(file->fits, &rows, &status); *count = rows);
}

int ccfitsio_column(ccfitsio_file *file, const char *name, int *column, int *is_text)
{
    int type = 0;
    LONGLONG repeat = 0, width = 0;
    LOCKED(file->call.ffgcno(file->fits, CASEINSEN, (char *)name, column, &status);
           file->call.ffgtclll(file->fits, *column, &type, &repeat, &width, &status);
           *is_text = type == TSTRING;
           // cfitsio would write a longer text past the end of the caller's memory.
           if (!status && *is_text && repeat >= CCFITSIO_VALUE_SIZE) status = BAD_DIMEN);
}

int ccfitsio_table_text(ccfitsio_file *file, int column, int64_t row, char *value)
{
    int any_undefined = 0;
    value[0] = 0;
    LOCKED(file->call.ffgcvs(file->fits, column, row + 1, 1, 1, "", &value, &any_undefined, &status));
}

int ccfitsio_table_number(ccfitsio_file *file, int column, int64_t row, double *value)
{
    int any_undefined = 0;
    LOCKED(file->call.ffgcvd(file->fits, column, row + 1, 1, 1, 0, value, &any_undefined, &status));
}

int ccfitsio_create_cube(ccfitsio_file *file, int bits, int64_t width, int64_t height, int64_t planes)
{
    LONGLONG axes[3] = {width, height, planes};
    LOCKED(file->call.ffcrimll(file->fits, bits == 8 ? BYTE_IMG : USHORT_IMG, 3, axes, &status));
}

int ccfitsio_resize_cube(ccfitsio_file *file, int bits, int64_t width, int64_t height, int64_t planes)
{
    LONGLONG axes[3] = {width, height, planes};
    LOCKED(file->call.ffrsimll(file->fits, bits == 8 ? BYTE_IMG : USHORT_IMG, 3, axes, &status));
}

static int write_values(ccfitsio_file *file, int type, int64_t plane, int64_t row, int64_t count, const void *values)
{
    LONGLONG first[CCFITSIO_AXES] = FIRST_PIXEL(plane, row);
    LOCKED(file->call.ffppxll(file->fits, type, first, count, (void *)values, &status));
}

int ccfitsio_write_uint8(ccfitsio_file *file, int64_t plane, int64_t row, int64_t count, const uint8_t *values)
{
    return write_values(file, TBYTE, plane, row, count, values);
}

int ccfitsio_write_uint16(ccfitsio_file *file, int64_t plane, int64_t row, int64_t count, const uint16_t *values)
{
    return write_values(file, TUSHORT, plane, row, count, values);
}

int ccfitsio_put_text(ccfitsio_file *file, const char *keyword, const char *value, const char *comment)
{
    LOCKED(file->call.ffukls(file->fits, keyword, value, comment, &status));
}

int ccfitsio_put_integer(ccfitsio_file *file, const char *keyword, int64_t value, const char *comment)
{
    LOCKED(file->call.ffukyj(file->fits, keyword, value, comment, &status));
}

int ccfitsio_put_real(ccfitsio_file *file, const char *keyword, double value, const char *comment)
{
    // A negative number of decimals asks for so many significant digits at most.
    LOCKED(file->call.ffukyd(file->fits, keyword, value, -15, comment, &status));
}

int ccfitsio_put_logical(ccfitsio_file *file, const char *keyword, int value, const char *comment)
{
    LOCKED(file->call.ffukyl(file->fits, keyword, value, comment, &status));
}

int ccfitsio_create_times(ccfitsio_file *file, int64_t rows)
{
    char *names[] = {"FRAME", "UTC", "SECONDS"};
    char *forms[] = {"1K", "30A", "1D"};
    char *units[] = {"", "", "s"};
    LOCKED(file->call.ffcrtb(file->fits, BINARY_TBL, rows, 3, names, forms, units, "TIMES", &status));
}

int ccfitsio_write_time(ccfitsio_file *file, int64_t row, int64_t frame, const char *utc, double seconds)
{
    LONGLONG number = frame;
    char *text = (char *)utc;
    LOCKED(file->call.ffpcljj(file->fits, 1, row + 1, 1, 1, &number, &status);
           file->call.ffpcls(file->fits, 2, row + 1, 1, 1, &text, &status);
           file->call.ffpcld(file->fits, 3, row + 1, 1, 1, &seconds, &status));
}
