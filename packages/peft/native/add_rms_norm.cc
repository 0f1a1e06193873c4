// Residual addition with RMS normalisation (Zhang & Sennrich 2019), and its gradient.
//
// QuaestorAddRmsNorm: x[N,D] float, delta[N,D] T or empty, weight[D] float
//   -> sum[N,D] float = x + delta (empty when delta is), normed[N,D] T = sum · rstd · weight,
//      rstd[N] float = 1 / sqrt(mean(sum²) + epsilon)
// QuaestorRmsNormGrad: dnormed[N,D] T, sum[N,D] float, weight[D] float, rstd[N] float, dsum[N,D] float or empty
//   -> dx[N,D] float = dsum + rstd · (g − xn · mean(g · xn)) with g = dnormed · weight, xn = sum · rstd,
//      dxlow[N,D] T = dx
#include "operations.h"
#include "rms_norm.h"

namespace quaestor {
namespace {

template <class T>
class AddRmsNorm {
 public:
  explicit AddRmsNorm(const Attributes& attributes) : epsilon_(attributes.real("epsilon")) {}

  void compute(Context& context) const {
    const Tensor x = context.input<float>(0, "x");
    const Tensor delta = context.input<T>(1, "delta");
    const Tensor weight = context.input<float>(2, "weight");
    const Index rows = x.expect_rank(2).size(0);
    const Index width = x.size(1);
    const bool adds = delta.elements() > 0;
    if (adds) delta.expect({rows, width});
    weight.expect({width});

    float* sum = context.output<float>(0, {adds ? rows : 0, width});
    T* normed = context.output<T>(1, {rows, width});
    float* rstd = context.output<float>(2, {rows});
    add_rms_norm<T>(rows, width, x.data<float>(), adds ? delta.data<T>() : nullptr, weight.data<float>(), epsilon_, sum,
                    normed, rstd);
  }

 private:
  float epsilon_;
};

template <class T>
class RmsNormGrad {
 public:
  explicit RmsNormGrad(const Attributes&) {}

  void compute(Context& context) const {
    const Tensor dnormed = context.input<T>(0, "dnormed");
    const Tensor sum_in = context.input<float>(1, "sum");
    const Tensor weight = context.input<float>(2, "weight");
    const Tensor rstd_in = context.input<float>(3, "rstd");
    const Tensor dsum = context.input<float>(4, "dsum");
    const Index rows = dnormed.expect_rank(2).size(0);
    const Index width = dnormed.size(1);
    sum_in.expect({rows, width});
    weight.expect({width});
    rstd_in.expect({rows});
    const bool adds = dsum.elements() > 0;
    if (adds) dsum.expect({rows, width});

    float* dx_out = context.output<float>(0, {rows, width});
    T* dxlow_out = context.output<T>(1, {rows, width});
    const T* dnormed_data = dnormed.data<T>();
    const float* sum_data = sum_in.data<float>();
    const float* w = weight.data<float>();
    const float* rstd_data = rstd_in.data<float>();
    const float* dsum_data = dsum.data<float>();

#pragma omp parallel for schedule(static) if (rows * width >= parallel_threshold)
    for (Index row = 0; row < rows; ++row) {
      const T* gradient = dnormed_data + row * width;
      const float* x = sum_data + row * width;
      const float rstd = rstd_data[row];
      Floats products = {};
      for (Index i = 0; i < width; i += lanes)
        products += load(gradient + i, width - i) * load(w + i, width - i) * load(x + i, width - i);
      const float mean = sum(products) * rstd / static_cast<float>(width);
      const float along = rstd * rstd * mean;
      for (Index i = 0; i < width; i += lanes) {
        const Index count = width - i;
        Floats dx = load(gradient + i, count) * load(w + i, count) * rstd - load(x + i, count) * along;
        if (adds) dx += load(dsum_data + row * width + i, count);
        store(dx_out + row * width + i, dx, count);
        store(dxlow_out + row * width + i, dx, count);
      }
    }
  }
};

}  // namespace

void register_add_rms_norm() {
  register_operation("QuaestorAddRmsNorm", {"epsilon: float"}, {"x: float", "delta: T", "weight: float"},
                     {"sum: float", "normed: T", "rstd: float"});
  register_kernels<AddRmsNorm>("QuaestorAddRmsNorm");
  register_operation("QuaestorRmsNormGrad", {},
                     {"dnormed: T", "sum: float", "weight: float", "rstd: float", "dsum: float"},
                     {"dx: float", "dxlow: T"});
  register_kernels<RmsNormGrad>("QuaestorRmsNormGrad");
}

}  // namespace quaestor
