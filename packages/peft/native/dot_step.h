// One step of a dot product along contiguous rows, as wide as the processor has it; sums in float.
#pragma once

#include "kernel.h"

#if defined(__AVX512BF16__) || defined(__FMA__)
#include <immintrin.h>
#endif

namespace quaestor {

// What one instruction multiplies: `width` elements of a row of x with as many of a row of w.
template <class T>
struct Step {
  static constexpr Index width = lanes;
  using Register = Floats;
  static Register read(const T* source) { return load(source); }
  static Register read(const T* source, Index count) { return load(source, count); }
  static Floats add_product(Floats total, Register a, Register b) {
#if defined(__FMA__) && !defined(__AVX512F__)
    // Left to itself the compiler fuses in some loops and not in others: bits would depend on how many rows there are.
    return _mm256_fmadd_ps(a, b, total);
#else
    return total + a * b;
#endif
  }
};

#ifdef __AVX512BF16__
template <>
struct Step<bfloat16> {
  static constexpr Index width = 32;
  using Register = __m512i;
  static Register read(const bfloat16* source) { return _mm512_loadu_si512(source); }
  static Register read(const bfloat16* source, Index count) {
    return _mm512_maskz_loadu_epi16(count >= width ? ~__mmask32{0} : (__mmask32{1} << count) - 1, source);
  }
  static Floats add_product(Floats total, Register a, Register b) {
    return _mm512_dpbf16_ps(total, (__m512bh)a, (__m512bh)b);
  }
};
#endif

}  // namespace quaestor
