// SPDX-License-Identifier: Apache-2.0

#ifndef CALLOCATIONCOUNTER_H
#define CALLOCATIONCOUNTER_H

// Allocations that the calling thread has made so far. The functions of the C library are replaced by ones that count.
long psws_allocations(void);

#endif
