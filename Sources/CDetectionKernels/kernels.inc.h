// SPDX-License-Identifier: Apache-2.0

// The kernels for one instruction set. Included by kernels.c with
//   KERNEL(name)  the name of a function or type for this instruction set,
//   TARGET        the attribute that selects it,
//   MULTIPLY      a function body: (a × b + 0x4000) >> 15 of vectors a and b.

typedef int16_t KERNEL(short_block) __attribute__((vector_size(2 * PSWS_BLOCK), aligned(2)));
typedef int32_t KERNEL(long_block) __attribute__((vector_size(4 * PSWS_BLOCK), aligned(4)));
typedef int8_t KERNEL(signed_bytes) __attribute__((vector_size(PSWS_BLOCK), aligned(1)));
typedef uint8_t KERNEL(bytes) __attribute__((vector_size(PSWS_BLOCK), aligned(1)));

#define BLOCK KERNEL(short_block)
#define LOAD(pointer) (*(const BLOCK *)(pointer))
#define STORE(pointer, value) (*(BLOCK *)(pointer) = (value))
#define INLINE TARGET static inline __attribute__((always_inline))

// Asks for memory that the next row needs. Rows lie one after another, each about a page further than the last; there
// the processor's own look ahead ends.
#define AHEAD(pointer) __builtin_prefetch((const char *)(pointer) + PSWS_AHEAD, 0, 2)

INLINE BLOCK KERNEL(fill)(int16_t value) { return (BLOCK){} + value; }

INLINE BLOCK KERNEL(multiply)(BLOCK a, BLOCK b) { MULTIPLY }

INLINE BLOCK KERNEL(clamp)(BLOCK value, int16_t limit) {
    return __builtin_elementwise_max(
        __builtin_elementwise_min(value, KERNEL(fill)(limit)), KERNEL(fill)((int16_t)-limit));
}

INLINE BLOCK KERNEL(difference)(const uint8_t *samples, const int16_t *mean, BLOCK level) {
    BLOCK sample = __builtin_convertvector(*(const KERNEL(bytes) *)samples, BLOCK) << 6;
    return __builtin_elementwise_sub_sat(sample, __builtin_elementwise_add_sat(LOAD(mean), level));
}

TARGET static void KERNEL(compare_compact)(
    const uint8_t *samples, const int16_t *mean, const uint8_t *weight, int16_t level, int16_t *scores, long count) {
    BLOCK levels = KERNEL(fill)(level);
    for (long x = 0; x < count; x += PSWS_BLOCK) {
        AHEAD(samples + x);
        AHEAD(mean + x);
        AHEAD(weight + x);
        BLOCK difference = KERNEL(difference)(samples + x, mean + x, levels);
        // difference / 64 × weight / 128 × 64 = (2 × difference) × (128 × weight) / 32768
        BLOCK weights = __builtin_convertvector(*(const KERNEL(bytes) *)(weight + x), BLOCK) << 7;
        BLOCK score = KERNEL(multiply)(__builtin_elementwise_add_sat(difference, difference), weights);
        STORE(scores + x, KERNEL(clamp)(score, 8191));
    }
}

TARGET static void KERNEL(follow_compact)(
    const uint8_t *samples, int16_t *mean, int16_t level, int16_t clip, int16_t rate, const int16_t *dither,
    long count) {
    BLOCK levels = KERNEL(fill)(level), rates = KERNEL(fill)(rate);
    for (long x = 0; x < count; x += PSWS_BLOCK) {
        BLOCK clipped = KERNEL(clamp)(KERNEL(difference)(samples + x, mean + x, levels), clip);
        BLOCK step = KERNEL(multiply)(__builtin_elementwise_add_sat(clipped, LOAD(dither + x)), rates);
        STORE(mean + x, __builtin_elementwise_add_sat(LOAD(mean + x), step));
    }
}

// Rounds a score to 1/64 standard deviation; 0 where the prediction is saturated.
INLINE int16_t KERNEL(rounded)(float difference, float inverse, float prediction, float saturation) {
    float score = prediction < saturation ? difference * inverse * 64 : 0;
    score = score > 8191 ? 8191 : score;
    score = score < -8191 ? -8191 : score;
    // Adding a large whole number before cutting off rounds alike on both sides of 0.
    return (int16_t)((int32_t)(score + 32768.5f) - 32768);
}

INLINE float KERNEL(limited)(float difference, float limit) {
    difference = difference > limit ? limit : difference;
    return difference < -limit ? -limit : difference;
}

TARGET static void KERNEL(compare_floating)(
    const float *restrict samples, const float *restrict prediction, const float *restrict inverse, float saturation,
    int16_t *restrict scores, long count) {
    for (long x = 0; x < count; x++)
        scores[x] = KERNEL(rounded)(samples[x] - prediction[x], inverse[x], prediction[x], saturation);
}

TARGET static void KERNEL(compare_deep)(
    const uint16_t *restrict samples, const float *restrict mean, float level, const float *restrict inverse,
    float saturation, int16_t *restrict scores, long count) {
    for (long start = 0; start < count; start += PSWS_BLOCK) {
        long end = start + PSWS_BLOCK < count ? start + PSWS_BLOCK : count;
        AHEAD(samples + start);
        AHEAD(mean + start);
        AHEAD(mean + start + PSWS_BLOCK / 2);
        AHEAD(inverse + start);
        AHEAD(inverse + start + PSWS_BLOCK / 2);
        for (long x = start; x < end; x++) {
            float prediction = mean[x] + level;
            scores[x] = KERNEL(rounded)(samples[x] - prediction, inverse[x], prediction, saturation);
        }
    }
}

TARGET static void KERNEL(follow_deep)(
    const uint16_t *restrict samples, float *restrict mean, float level, const float *restrict deviation, float rate,
    float clip, long count) {
    for (long x = 0; x < count; x++)
        mean[x] += rate * KERNEL(limited)(samples[x] - mean[x] - level, clip * deviation[x]);
}

TARGET static void KERNEL(follow_floating)(
    const float *restrict samples, const float *restrict prediction, const float *restrict deviation,
    float *restrict mean, float rate, float clip, long count) {
    for (long x = 0; x < count; x++)
        mean[x] += rate * KERNEL(limited)(samples[x] - prediction[x], clip * deviation[x]);
}

INLINE float KERNEL(learned)(
    float sample, float prediction, float sigma, float rate, float clip, float floor) {
    float limit = clip * sigma, size = __builtin_fabsf(sample - prediction);
    size = size > limit ? limit : size;
    float updated = sigma + rate * (1.2533141f * size - sigma);
    return updated < floor ? floor : updated;
}

TARGET static void KERNEL(learn_deviation)(
    const float *restrict samples, const float *restrict prediction, float *restrict deviation, float rate, float clip,
    float floor, long count) {
    for (long x = 0; x < count; x++)
        deviation[x] = KERNEL(learned)(samples[x], prediction[x], deviation[x], rate, clip, floor);
}

INLINE uint8_t KERNEL(weighed)(float deviation, int16_t mean, uint8_t mask, int16_t saturation) {
    float value = 128 / deviation + 0.5f;
    int32_t whole = (int32_t)(value > 255 ? 255 : value);
    return (uint8_t)(((mask == 0) & (mean < saturation)) ? whole : 0);
}

TARGET static void KERNEL(weigh)(
    const float *restrict deviation, const int16_t *restrict mean, const uint8_t *restrict mask, int16_t saturation,
    uint8_t *restrict weight, long count) {
    for (long x = 0; x < count; x++)
        weight[x] = KERNEL(weighed)(deviation[x], mean[x], mask[x], saturation);
}

TARGET static void KERNEL(learn_compact)(
    const uint8_t *restrict samples, const int16_t *restrict mean, float level, const uint8_t *restrict mask,
    int16_t saturation, float rate, float clip, float floor, float *restrict deviation, uint8_t *restrict weight,
    long ahead, long count) {
    for (long start = 0; start < count; start += PSWS_BLOCK) {
        __builtin_prefetch(deviation + start + ahead, 1, 2);
        __builtin_prefetch(deviation + start + ahead + PSWS_BLOCK / 2, 1, 2);
        __builtin_prefetch(mask + start + ahead, 0, 2);
        for (long x = start; x < start + PSWS_BLOCK; x++) {
            float prediction = mean[x] * (1.0f / 64) + level;
            deviation[x] = KERNEL(learned)(samples[x], prediction, deviation[x], rate, clip, floor);
            weight[x] = KERNEL(weighed)(deviation[x], mean[x], mask[x], saturation);
        }
    }
}

TARGET static void KERNEL(invert)(const float *restrict deviation, float *restrict inverse, long count) {
    for (long x = 0; x < count; x++) inverse[x] = 1 / deviation[x];
}

TARGET static void KERNEL(raise)(const float *restrict mean, float level, float *restrict row, long count) {
    for (long x = 0; x < count; x++) row[x] = mean[x] + level;
}

TARGET static void KERNEL(combine)(
    const float *const rows[5], const float weights[5], float *restrict row, long count) {
    const float *a = rows[0], *b = rows[1], *c = rows[2], *d = rows[3], *e = rows[4];
    const float p = weights[0], q = weights[1], r = weights[2], s = weights[3], t = weights[4];
    for (long x = 0; x < count; x++) row[x] = p * a[x] + q * b[x] + r * c[x] + s * d[x] + t * e[x];
}

TARGET static void KERNEL(shift)(
    const float *source, const float weights[5], float gain, float level, float *restrict row, long count) {
    const float p = weights[0], q = weights[1], r = weights[2], s = weights[3], t = weights[4];
    for (long x = 0; x < count; x++) {
        float sum = p * source[x - 2] + q * source[x - 1] + r * source[x] + s * source[x + 1] + t * source[x + 2];
        row[x] = gain * sum + level;
    }
}

TARGET static void KERNEL(widen_8)(const uint8_t *restrict samples, float *restrict row, long count) {
    for (long x = 0; x < count; x++) row[x] = samples[x];
}

TARGET static void KERNEL(widen_16)(const uint16_t *restrict samples, float *restrict row, long count) {
    for (long x = 0; x < count; x++) row[x] = samples[x];
}

TARGET static int16_t KERNEL(smooth)(
    const int16_t *above, const int16_t *row, const int16_t *below, int16_t *scratch, int16_t *result, int shift,
    long count) {
    int16_t half = (int16_t)(shift > 0 ? 1 << (shift - 1) : 0), less = (int16_t)(shift > 0 ? half - 1 : 0);
    BLOCK lower = KERNEL(fill)(less), upper = KERNEL(fill)(half), greatest = KERNEL(fill)(-32768);
    for (long x = 0; x < count; x += PSWS_BLOCK) {
        BLOCK middle = LOAD(row + x);
        STORE(scratch + x, (LOAD(above + x) + LOAD(below + x) + middle + middle + lower) >> shift);
    }
    for (long x = -1; x <= count + 1; x += x < 0 ? count + 1 : 1)
        scratch[x] = (int16_t)((above[x] + 2 * row[x] + below[x] + less) >> shift);
    for (long x = 0; x < count; x += PSWS_BLOCK) {
        BLOCK middle = LOAD(scratch + x);
        BLOCK sum = (LOAD(scratch + x - 1) + LOAD(scratch + x + 1) + middle + middle + upper) >> shift;
        STORE(result + x, sum);
        greatest = __builtin_elementwise_max(greatest, sum);
    }
    return __builtin_reduce_max(greatest);
}

TARGET static int16_t KERNEL(add_block)(
    const int16_t *present, int8_t *block, int16_t *sum, int16_t round, int shift, long count) {
    BLOCK rounds = KERNEL(fill)(round), greatest = KERNEL(fill)(-32768);
    for (long x = 0; x < count; x += PSWS_BLOCK) {
        AHEAD(block + x);
        BLOCK value = KERNEL(clamp)((LOAD(present + x) + rounds) >> shift, 127);
        BLOCK total = value + __builtin_convertvector(*(const KERNEL(signed_bytes) *)(block + x), BLOCK);
        *(KERNEL(signed_bytes) *)(block + x) = __builtin_convertvector(value, KERNEL(signed_bytes));
        STORE(sum + x, total);
        greatest = __builtin_elementwise_max(greatest, total);
    }
    return __builtin_reduce_max(greatest);
}

TARGET static long KERNEL(find)(
    const int16_t *row, int16_t threshold, int32_t *positions, long capacity, long count) {
    long found = 0;
    for (long x = 0; x < count && found < capacity; x += PSWS_BLOCK) {
        long end = count - x < PSWS_BLOCK ? count - x : PSWS_BLOCK;
        if (end == PSWS_BLOCK && __builtin_reduce_max(LOAD(row + x)) < threshold) continue;
        for (long i = 0; i < end && found < capacity; i++)
            if (row[x + i] >= threshold) positions[found++] = (int32_t)(x + i);
    }
    return found;
}

static const psws_kernels KERNEL(table) = {
    .name = NAME,
    .compare_compact = KERNEL(compare_compact),
    .follow_compact = KERNEL(follow_compact),
    .compare_floating = KERNEL(compare_floating),
    .compare_deep = KERNEL(compare_deep),
    .follow_deep = KERNEL(follow_deep),
    .follow_floating = KERNEL(follow_floating),
    .learn_deviation = KERNEL(learn_deviation),
    .weigh = KERNEL(weigh),
    .learn_compact = KERNEL(learn_compact),
    .invert = KERNEL(invert),
    .raise = KERNEL(raise),
    .combine = KERNEL(combine),
    .shift = KERNEL(shift),
    .widen_8 = KERNEL(widen_8),
    .widen_16 = KERNEL(widen_16),
    .smooth = KERNEL(smooth),
    .add_block = KERNEL(add_block),
    .find = KERNEL(find),
};

#undef BLOCK
#undef LOAD
#undef STORE
#undef AHEAD
#undef INLINE
#undef KERNEL
#undef TARGET
#undef MULTIPLY
#undef NAME
