// QuaestorLinear: x[M,K] float, w[N,K] T -> y[M,N] float = x · wᵀ, sums in float
#include "linear.h"
#include "operations.h"

namespace quaestor {
namespace {

template <class T>
class Linear {
 public:
  explicit Linear(const Attributes&) {}

  void compute(Context& context) const {
    const Tensor x = context.input<float>(0, "x");
    const Tensor w = context.input<T>(1, "w");
    const Index m = x.expect_rank(2).size(0);
    const Index k = x.size(1);
    const Index n = w.expect_rank(2).size(0);
    w.expect({n, k});
    linear(m, k, n, x.data<float>(), w.data<T>(), context.output<float>(0, {m, n}));
  }
};

}  // namespace

void register_linear() {
  register_operation("QuaestorLinear", {}, {"x: float", "w: T"}, {"y: float"});
  register_kernels<Linear>("QuaestorLinear");
}

}  // namespace quaestor
