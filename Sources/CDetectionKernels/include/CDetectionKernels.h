// SPDX-License-Identifier: Apache-2.0

#ifndef CDETECTIONKERNELS_H
#define CDETECTIONKERNELS_H

#include <stdint.h>

// The loops over every pixel of every frame, compiled once for each width of vectors that the processor may have.
// They are C because Swift cannot compile one function for several instruction sets and choose when the program runs.
//
// Rows. Pointers need no alignment. Where a comment says "whole blocks", the loop reads and writes up to
// PSWS_BLOCK - 1 elements past `count`, and the caller provides them.
//
// Units. A compact mean is in 1/64 ADU; scores are in 1/64 standard deviation.

enum { PSWS_BLOCK = 32 };

// Constant tables of functions may be used from any thread.
#define PSWS_SENDABLE __attribute__((swift_attr("@Sendable")))

typedef struct PSWS_SENDABLE psws_kernels {
    // Name of the instruction set: "sse2", "ssse3", "avx2", "neon", "generic".
    const char *name;

    // Scores of 8-bit samples against a compact mean. Whole blocks.
    // weight: 128 / standard deviation in ADU, 0 for a pixel that says nothing. level: added to the mean, 1/64 ADU.
    void (*compare_compact)(const uint8_t *samples, const int16_t *mean, const uint8_t *weight, int16_t level,
                            int16_t *scores, long count);

    // A compact mean follows the samples: mean += rate × (difference clipped at ±clip). Whole blocks.
    // rate: in 1/32768. dither: uniform in ± 1 / (2 rate), so that rounding neither stalls nor drifts.
    void (*follow_compact)(const uint8_t *samples, int16_t *mean, int16_t level, int16_t clip, int16_t rate,
                           const int16_t *dither, long count);

    // Scores of samples against a prediction in ADU; inverse: 1 / standard deviation. 0 where the prediction is
    // saturated or more.
    void (*compare_floating)(const float *samples, const float *prediction, const float *inverse, float saturation,
                             int16_t *scores, long count);

    // The same for 16-bit samples of a scene that stands still, whose prediction is its mean plus a level.
    void (*compare_deep)(const uint16_t *samples, const float *mean, float level, const float *inverse,
                         float saturation, int16_t *scores, long count);
    void (*follow_deep)(const uint16_t *samples, float *mean, float level, const float *deviation, float rate,
                        float clip, long count);

    // A mean in ADU follows: mean += rate × (difference clipped at ± clip standard deviations).
    void (*follow_floating)(const float *samples, const float *prediction, const float *deviation, float *mean,
                            float rate, float clip, long count);

    // The standard deviation follows √(π/2) × |difference clipped at ± clip standard deviations|, not below floor.
    void (*learn_deviation)(const float *samples, const float *prediction, float *deviation, float rate, float clip,
                            float floor, long count);

    // Weights of a compact mean: 128 / deviation, 0 for pixels that are masked or whose mean is saturated or more.
    void (*weigh)(const float *deviation, const int16_t *mean, const uint8_t *mask, int16_t saturation,
                  uint8_t *weight, long count);

    // Both of them for 8-bit samples against a compact mean plus a level in ADU. `ahead`: elements from this row to the
    // next one that will learn, which is fetched meanwhile. Whole blocks.
    void (*learn_compact)(const uint8_t *samples, const int16_t *mean, float level, const uint8_t *mask,
                          int16_t saturation, float rate, float clip, float floor, float *deviation, uint8_t *weight,
                          long ahead, long count);

    // Reciprocals of standard deviations.
    void (*invert)(const float *deviation, float *inverse, long count);

    // Predictions in ADU: a mean plus a level; the sum of five rows, each with its weight
    // (interpolation down the columns); of five neighbours in the row, times gain, plus level (along the row; needs
    // two elements on either side).
    void (*raise)(const float *mean, float level, float *row, long count);
    void (*combine)(const float *const rows[5], const float weights[5], float *row, long count);
    void (*shift)(const float *source, const float weights[5], float gain, float level, float *row, long count);

    void (*widen_8)(const uint8_t *samples, float *row, long count);
    void (*widen_16)(const uint16_t *samples, float *row, long count);

    // Binomial filter [1 2 1] down the columns, then along the row; each sum is shifted right and rounded, the first
    // down and the second up in the middle, so that the mean stays. Whole blocks; needs one valid element before and
    // two after the rows. Returns the greatest result, of the whole blocks.
    int16_t (*smooth)(const int16_t *above, const int16_t *row, const int16_t *below, int16_t *scratch,
                      int16_t *result, int shift, long count);

    // Sums of the temporal bank. `block` holds the last block and gets the present one, (x + round) >> shift, limited
    // to ±127; `sum` gets the sum of both. Whole blocks. Returns the greatest sum, of the whole blocks.
    int16_t (*add_block)(const int16_t *present, int8_t *block, int16_t *sum, int16_t round, int shift, long count);

    // Positions of at least the threshold, in order; returns how many were found, at most capacity. Exact count.
    long (*find)(const int16_t *row, int16_t threshold, int32_t *positions, long capacity, long count);
} psws_kernels;

// The kernels for 0, 1, 2 … in rising order of speed; NULL if there is none or this processor cannot run it.
const psws_kernels *psws_kernels_at(int level);

#endif
