// SPDX-License-Identifier: Apache-2.0

#include "CDetectionKernels.h"

#include <stddef.h>

// Bytes by which memory is asked for ahead of its use, about one row of a large frame.
enum { PSWS_AHEAD = 4096 };

// Blocks are passed between inlined functions only, so that their calling convention does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

#if defined(__x86_64__)

#include <immintrin.h>

#define KERNEL(name) name##_sse2
#define NAME "sse2"
#define TARGET
// SSE2 multiplies without rounding: the upper halves of the products, and the bit below them.
#define MULTIPLY                                                                                                      \
    BLOCK result;                                                                                                     \
    for (int i = 0; i < 2 * PSWS_BLOCK / 16; i++) {                                                                   \
        __m128i x = ((__m128i_u *)&a)[i], y = ((__m128i_u *)&b)[i];                                                   \
        __m128i upper = _mm_mulhi_epi16(x, y), lower = _mm_mullo_epi16(x, y);                                         \
        __m128i carry = _mm_and_si128(_mm_srli_epi16(lower, 14), _mm_set1_epi16(1));                                  \
        __m128i doubled = _mm_or_si128(_mm_slli_epi16(upper, 1), _mm_srli_epi16(lower, 15));                          \
        ((__m128i_u *)&result)[i] = _mm_add_epi16(doubled, carry);                                                    \
    }                                                                                                                 \
    return result;
#include "kernels.inc.h"

#define KERNEL(name) name##_ssse3
#define NAME "ssse3"
#define TARGET __attribute__((target("ssse3")))
#define MULTIPLY                                                                                                      \
    BLOCK result;                                                                                                     \
    for (int i = 0; i < 2 * PSWS_BLOCK / 16; i++)                                                                     \
        ((__m128i_u *)&result)[i] = _mm_mulhrs_epi16(((__m128i_u *)&a)[i], ((__m128i_u *)&b)[i]);                     \
    return result;
#include "kernels.inc.h"

#define KERNEL(name) name##_avx2
#define NAME "avx2"
#define TARGET __attribute__((target("avx2")))
#define MULTIPLY                                                                                                      \
    BLOCK result;                                                                                                     \
    for (int i = 0; i < 2 * PSWS_BLOCK / 32; i++)                                                                     \
        ((__m256i_u *)&result)[i] = _mm256_mulhrs_epi16(((__m256i_u *)&a)[i], ((__m256i_u *)&b)[i]);                  \
    return result;
#include "kernels.inc.h"

const psws_kernels *psws_kernels_at(int level) {
    switch (level) {
    case 0: return &table_sse2;
    case 1: return __builtin_cpu_supports("ssse3") ? &table_ssse3 : NULL;
    case 2: return __builtin_cpu_supports("avx2") ? &table_avx2 : NULL;
    default: return NULL;
    }
}

#else

#define KERNEL(name) name##_portable
#define TARGET
#if defined(__aarch64__)
#include <arm_neon.h>
#define NAME "neon"
#define MULTIPLY                                                                                                      \
    BLOCK result;                                                                                                     \
    for (int i = 0; i < 2 * PSWS_BLOCK / 16; i++)                                                                     \
        vst1q_s16((int16_t *)&result + 8 * i,                                                                         \
                  vqrdmulhq_s16(vld1q_s16((int16_t *)&a + 8 * i), vld1q_s16((int16_t *)&b + 8 * i)));                 \
    return result;
#else
#define NAME "generic"
#define MULTIPLY                                                                                                      \
    KERNEL(long_block)                                                                                                \
    product = __builtin_convertvector(a, KERNEL(long_block)) * __builtin_convertvector(b, KERNEL(long_block));        \
    return __builtin_convertvector((product + 0x4000) >> 15, BLOCK);
#endif
#include "kernels.inc.h"

const psws_kernels *psws_kernels_at(int level) { return level == 0 ? &table_portable : NULL; }

#endif
