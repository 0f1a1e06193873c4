// Linear layers: y[M,N] = x[M,K] · w[N,K]ᵀ, sums in float.
//
// QuaestorLinear: x float, w T -> y float
// QuaestorSmallLinear: x bfloat16, w bfloat16 -> y bfloat16
// QuaestorSmallLinearF32Out: the same with y float, for logits
#include "operations.h"
#include "product.h"

namespace quaestor {
namespace {

template <class In, class W, class Out>
class Product {
 public:
  explicit Product(const Attributes&) {}

  void compute(Context& context) const {
    const Tensor x = context.input<In>(0, "x");
    const Tensor w = context.input<W>(1, "w");
    const Index m = x.expect_rank(2).size(0);
    const Index k = x.size(1);
    const Index n = w.expect_rank(2).size(0);
    w.expect({n, k});
    product(m, k, n, x.data<In>(), w.data<W>(), context.output<Out>(0, {m, n}));
  }
};

template <class W>
using Linear = Product<float, W, float>;
template <class Out>
using SmallLinear = Product<bfloat16, bfloat16, Out>;

}  // namespace

void register_linear() {
  register_operation("QuaestorLinear", {}, {"x: float", "w: T"}, {"y: float"});
  register_kernels<Linear>("QuaestorLinear");
  register_operation("QuaestorSmallLinear", {}, {"x: T", "w: T"}, {"y: T"});
  register_kernel<SmallLinear<bfloat16>>("QuaestorSmallLinear", TF_BFLOAT16);
  register_operation("QuaestorSmallLinearF32Out", {}, {"x: T", "w: T"}, {"y: float"});
  register_kernel<SmallLinear<float>>("QuaestorSmallLinearF32Out", TF_BFLOAT16);
}

}  // namespace quaestor
