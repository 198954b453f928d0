// SPDX-License-Identifier: Apache-2.0
//
// The operations table of the real world: libv4l2 over the kernel.

#include "CV4L2.h"

#include <errno.h>
#include <fcntl.h>
#include <libv4l2.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static int checked(int result) { return result < 0 ? -errno : result; }

// libv4l2 writes to standard error by itself, a line for every failed call. We report failures, once each.
static void silence_library(void) {
    if (v4l2_log_file == NULL) v4l2_log_file = fopen("/dev/null", "we");
}

static int system_open(void *context, const char *path) {
    (void)context;
    return checked(open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC));
}

static int system_attach(void *context, int descriptor, int converts) {
    (void)context;
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, silence_library);
    return checked(v4l2_fd_open(descriptor, converts ? 0 : V4L2_DISABLE_CONVERSION));
}

static int system_close(void *context, int descriptor) {
    (void)context;
    return checked(v4l2_close(descriptor));
}

static unsigned long request_code(enum cv4l2_request request) {
    switch (request) {
        case CV4L2_QUERYCAP: return VIDIOC_QUERYCAP;
        case CV4L2_ENUM_FMT: return VIDIOC_ENUM_FMT;
        case CV4L2_ENUM_FRAMESIZES: return VIDIOC_ENUM_FRAMESIZES;
        case CV4L2_ENUM_FRAMEINTERVALS: return VIDIOC_ENUM_FRAMEINTERVALS;
        case CV4L2_G_FMT: return VIDIOC_G_FMT;
        case CV4L2_S_FMT: return VIDIOC_S_FMT;
        case CV4L2_G_PARM: return VIDIOC_G_PARM;
        case CV4L2_S_PARM: return VIDIOC_S_PARM;
        case CV4L2_QUERY_EXT_CTRL: return VIDIOC_QUERY_EXT_CTRL;
        case CV4L2_G_CTRL: return VIDIOC_G_CTRL;
        case CV4L2_S_CTRL: return VIDIOC_S_CTRL;
        case CV4L2_REQBUFS: return VIDIOC_REQBUFS;
        case CV4L2_QUERYBUF: return VIDIOC_QUERYBUF;
        case CV4L2_QBUF: return VIDIOC_QBUF;
        case CV4L2_DQBUF: return VIDIOC_DQBUF;
        case CV4L2_STREAMON: return VIDIOC_STREAMON;
        case CV4L2_STREAMOFF: return VIDIOC_STREAMOFF;
        case CV4L2_SUBSCRIBE_EVENT: return VIDIOC_SUBSCRIBE_EVENT;
        case CV4L2_DQEVENT: return VIDIOC_DQEVENT;
    }
    return 0;
}

static int system_request(void *context, int descriptor, enum cv4l2_request request, void *argument) {
    (void)context;
    return checked(v4l2_ioctl(descriptor, request_code(request), argument));
}

static int system_map(void *context, int descriptor, size_t length, int64_t offset, void **address) {
    (void)context;
    void *mapped = v4l2_mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, offset);
    if (mapped == MAP_FAILED) return -errno;
    *address = mapped;
    return 0;
}

static int system_unmap(void *context, void *address, size_t length) {
    (void)context;
    return checked(v4l2_munmap(address, length));
}

static int system_wait(void *context, int descriptor, int timeout_milliseconds) {
    (void)context;
    struct pollfd entry = {.fd = descriptor, .events = POLLIN | POLLPRI};
    const int result = poll(&entry, 1, timeout_milliseconds);
    if (result < 0) return -errno;
    // POLLERR and POLLHUP count as ready: dequeuing tells which error it is.
    return (entry.revents & ~POLLPRI ? CV4L2_READY_FRAME : 0) | (entry.revents & POLLPRI ? CV4L2_READY_EVENT : 0);
}

struct cv4l2_operations cv4l2_system_operations(void) {
    return (struct cv4l2_operations){
        .context = NULL,
        .open = system_open,
        .attach = system_attach,
        .close = system_close,
        .request = system_request,
        .map = system_map,
        .unmap = system_unmap,
        .wait = system_wait,
    };
}
