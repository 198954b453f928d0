// SPDX-License-Identifier: Apache-2.0
//
// The face of libv4l2 that Swift can import: its functions are variadic and the VIDIOC_* request macros do not
// import. Structures and constants come from the kernel's own header.
//
// Every function returns 0 or more on success and -errno on failure, and calls again after EINTR.

#ifndef PSWS_CV4L2_H
#define PSWS_CV4L2_H

#include <linux/videodev2.h>
#include <stddef.h>
#include <stdint.h>

// The requests that are used, each named after its VIDIOC_ macro; the argument is a pointer to the structure which
// the kernel documents for it.
enum cv4l2_request {
    CV4L2_QUERYCAP,             // struct v4l2_capability
    CV4L2_ENUM_FMT,             // struct v4l2_fmtdesc
    CV4L2_ENUM_FRAMESIZES,      // struct v4l2_frmsizeenum
    CV4L2_ENUM_FRAMEINTERVALS,  // struct v4l2_frmivalenum
    CV4L2_G_FMT,                // struct v4l2_format
    CV4L2_S_FMT,                // struct v4l2_format
    CV4L2_G_PARM,               // struct v4l2_streamparm
    CV4L2_S_PARM,               // struct v4l2_streamparm
    CV4L2_QUERY_EXT_CTRL,       // struct v4l2_query_ext_ctrl
    CV4L2_G_CTRL,               // struct v4l2_control
    CV4L2_S_CTRL,               // struct v4l2_control
    CV4L2_REQBUFS,              // struct v4l2_requestbuffers
    CV4L2_QUERYBUF,             // struct v4l2_buffer
    CV4L2_QBUF,                 // struct v4l2_buffer
    CV4L2_DQBUF,                // struct v4l2_buffer
    CV4L2_STREAMON,             // int, an enum v4l2_buf_type
    CV4L2_STREAMOFF,            // int, an enum v4l2_buf_type
    CV4L2_SUBSCRIBE_EVENT,      // struct v4l2_event_subscription
    CV4L2_DQEVENT,              // struct v4l2_event
} __attribute__((enum_extensibility(closed)));

// What a wait ends with.
enum {
    CV4L2_READY_FRAME = 1,  // a frame or an error waits to be dequeued
    CV4L2_READY_EVENT = 2,  // an event waits to be dequeued
};

// What stands between this shim and the kernel. Tests put a scripted camera here. All return 0 or more, or -errno.
struct cv4l2_operations {
    void *context;  // given to each function as its first argument
    // A descriptor of the device node, opened for reading and writing without blocking.
    int (*open)(void *context, const char *path);
    // Puts the descriptor under libv4l2, with or without its format conversion.
    int (*attach)(void *context, int descriptor, int converts);
    int (*close)(void *context, int descriptor);
    int (*request)(void *context, int descriptor, enum cv4l2_request request, void *argument);
    int (*map)(void *context, int descriptor, size_t length, int64_t offset, void **address);
    int (*unmap)(void *context, void *address, size_t length);
    // Waits until the device has something to tell: CV4L2_READY_… added up, or 0 after the time given.
    int (*wait)(void *context, int descriptor, int timeout_milliseconds);
};

// libv4l2 and the kernel.
struct cv4l2_operations cv4l2_system_operations(void);

// An open device.
struct cv4l2_device;

// Opens a device node. With `converts` libv4l2 adds the formats that libv4lconvert can make (RGB24, BGR24, YU12, YV12,
// all of 8 bits); without it the camera's own formats are handed through untouched.
int cv4l2_open(const char *path, const struct cv4l2_operations *operations, int converts, struct cv4l2_device **device);

// Closes the device and frees it. Mapped buffers must have been unmapped.
void cv4l2_close(struct cv4l2_device *device);

int cv4l2_call(struct cv4l2_device *device, enum cv4l2_request request, void *argument);

int cv4l2_map(struct cv4l2_device *device, size_t length, int64_t offset, void **address);
int cv4l2_unmap(struct cv4l2_device *device, void *address, size_t length);

// CV4L2_READY_… added up, 0 when the time has passed without.
int cv4l2_wait(struct cv4l2_device *device, int timeout_milliseconds);

#endif
