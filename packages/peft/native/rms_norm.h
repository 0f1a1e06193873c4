// Residual addition with RMS normalisation (Zhang & Sennrich 2019).
#pragma once

#include <cmath>

#include "kernel.h"

namespace quaestor {

// sum[rows,width] = x + delta, normed = sum · rstd · weight, rstd = 1 / sqrt(mean(sum²) + epsilon) of each row; without a
// delta the sum is x and not written. `sum` may be x.
template <class T>
void add_rms_norm(Index rows, Index width, const float* x, const T* delta, const float* weight, float epsilon,
                  float* sum_out, T* normed_out, float* rstd_out) {
#pragma omp parallel for schedule(static) if (rows * width >= parallel_threshold)
  for (Index row = 0; row < rows; ++row) {
    const float* source = x + row * width;
    Floats squares = {};
    if (delta) {
      const T* added = delta + row * width;
      float* target = sum_out + row * width;
      for (Index i = 0; i < width; i += lanes) {
        const Floats total = load(source + i, width - i) + load(added + i, width - i);
        store(target + i, total, width - i);
        squares += total * total;
      }
      source = target;
    } else {
      for (Index i = 0; i < width; i += lanes) {
        const Floats value = load(source + i, width - i);
        squares += value * value;
      }
    }
    const float rstd = 1.0f / std::sqrt(sum(squares) / static_cast<float>(width) + epsilon);
    rstd_out[row] = rstd;
    T* normed = normed_out + row * width;
    for (Index i = 0; i < width; i += lanes)
      store(normed + i, load(source + i, width - i) * rstd * load(weight + i, width - i), width - i);
  }
}

}  // namespace quaestor
