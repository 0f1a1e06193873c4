// Gated activation SwiGLU (Shazeer 2020).
#pragma once

#include "kernel.h"

namespace quaestor {

inline Floats sigmoid(Floats x) { return 1.0f / (1.0f + exp(-x)); }

// act[rows,width] = silu(gate) · up of gate_up[rows,2·width], with silu(x) = x · sigmoid(x)
template <class T>
void swiglu(Index rows, Index width, const T* gate_up, T* act) {
#pragma omp parallel for schedule(static) if (rows * width >= parallel_threshold)
  for (Index row = 0; row < rows; ++row) {
    const T* gates = gate_up + row * 2 * width;
    const T* ups = gates + width;
    for (Index i = 0; i < width; i += lanes) {
      const Floats gate = load(gates + i, width - i);
      store(act + row * width + i, gate * sigmoid(gate) * load(ups + i, width - i), width - i);
    }
  }
}

}  // namespace quaestor
