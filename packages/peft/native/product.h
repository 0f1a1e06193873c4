// y = x · wᵀ for few rows, sums in float: by the types of rows and weights.
#pragma once

#include "byte_product.h"
#include "linear.h"
#include "small_linear.h"

namespace quaestor {

// y[m,n] = x[m,k] · w[n,k]ᵀ. Rows in float go with weights in any type, rows in bfloat16 with weights in bfloat16.
template <class W>
void product(Index m, Index k, Index n, const float* x, const W* w, float* y) {
  linear(m, k, n, x, w, y);
}
#ifdef QUAESTOR_BYTES
inline void product(Index m, Index k, Index n, const float* x, const bytes::PackedWord* w, float* y) {
  multiply_packed(m, k, n, x, w, y);
}
#endif
template <class Out>
void product(Index m, Index k, Index n, const bfloat16* x, const bfloat16* w, Out* y) {
  small_linear(m, k, n, x, w, y);
}

}  // namespace quaestor
