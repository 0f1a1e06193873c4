// Linear layers: y[M,N] = x[M,K] · w[N,K]ᵀ, sums in float.
//
// QuaestorLinear: x float, w T -> y float
// QuaestorSmallLinear: x bfloat16, w bfloat16 -> y bfloat16
// QuaestorSmallLinearF32Out: the same with y float, for logits
#include "linear.h"
#include "linear_kernel.h"
#include "operations.h"
#include "small_linear.h"

namespace quaestor {
namespace {

template <class W>
using Linear = LinearKernel<float, W, float, linear<W>>;
template <class Out>
using SmallLinear = LinearKernel<bfloat16, bfloat16, Out, small_linear<Out>>;

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
