// The kernel of a linear layer, y[M,N] = x[M,K] · w[N,K]ᵀ: its types and shapes; `multiply` computes it.
#pragma once

#include "kernel.h"

namespace quaestor {

template <class In, class W, class Out, auto multiply>
class LinearKernel {
 public:
  explicit LinearKernel(const Attributes&) {}

  void compute(Context& context) const {
    const Tensor x = context.input<In>(0, "x");
    const Tensor w = context.input<W>(1, "w");
    const Index m = x.expect_rank(2).size(0);
    const Index k = x.size(1);
    const Index n = w.expect_rank(2).size(0);
    w.expect({n, k});
    multiply(m, k, n, x.data<In>(), w.data<W>(), context.output<Out>(0, {m, n}));
  }
};

}  // namespace quaestor
