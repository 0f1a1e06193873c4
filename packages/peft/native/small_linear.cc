// QuaestorSmallLinear: x[M,K] bfloat16, w[N,K] bfloat16 -> y[M,N] bfloat16 = x · wᵀ, sums in float
// QuaestorSmallLinearF32Out: the same with y float, for logits
#include "small_linear.h"
#include "operations.h"

namespace quaestor {
namespace {

template <class Out>
class SmallLinear {
 public:
  explicit SmallLinear(const Attributes&) {}

  void compute(Context& context) const {
    const Tensor x = context.input<bfloat16>(0, "x");
    const Tensor w = context.input<bfloat16>(1, "w");
    const Index m = x.expect_rank(2).size(0);
    const Index k = x.size(1);
    const Index n = w.expect_rank(2).size(0);
    w.expect({n, k});
    small_linear(m, k, n, x.data<bfloat16>(), w.data<bfloat16>(), context.output<Out>(0, {m, n}));
  }
};

}  // namespace

void register_small_linear() {
  register_operation("QuaestorSmallLinear", {}, {"x: T", "w: T"}, {"y: T"});
  register_kernel<SmallLinear<bfloat16>>("QuaestorSmallLinear", TF_BFLOAT16);
  register_operation("QuaestorSmallLinearF32Out", {}, {"x: T", "w: T"}, {"y: float"});
  register_kernel<SmallLinear<float>>("QuaestorSmallLinearF32Out", TF_BFLOAT16);
}

}  // namespace quaestor
