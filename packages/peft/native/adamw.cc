// One update of AdamW (Loshchilov & Hutter 2019) on one parameter, as new tensors.
//
// QuaestorAdamW: parameter, first, second float and gradient T, all of one shape; settings[6] float =
//   (rate/(1−β₁ᵗ), 1 − rate·decay, β₁, β₂, 1/(1−β₂ᵗ), ε) -> parameter', first', second' float with
//   m' = β₁·m + (1−β₁)·g, v' = β₂·v + (1−β₂)·g², p' = p·(1 − rate·decay) − rate/(1−β₁ᵗ) · m' / (√(v'/(1−β₂ᵗ)) + ε)
#include <cmath>

#include "kernel.h"
#include "operations.h"

namespace quaestor {
namespace {

template <class T>
class AdamW {
 public:
  explicit AdamW(const Attributes&) {}

  void compute(Context& context) const {
    const Tensor parameter = context.input<float>(0, "parameter");
    const Tensor gradient = context.input<T>(1, "gradient");
    const Tensor first = context.input<float>(2, "first");
    const Tensor second = context.input<float>(3, "second");
    const Tensor settings = context.input<float>(4, "settings");
    const Index rows = parameter.expect_rank(2).size(0);
    const Index width = parameter.size(1);
    gradient.expect({rows, width});
    first.expect({rows, width});
    second.expect({rows, width});
    const float* s = settings.expect({6}).template data<float>();
    const float rate = s[0], keep = s[1], beta1 = s[2], beta2 = s[3], correction = s[4], epsilon = s[5];
    float* new_parameter = context.output<float>(0, {rows, width});
    float* new_first = context.output<float>(1, {rows, width});
    float* new_second = context.output<float>(2, {rows, width});
    const float* p = parameter.data<float>();
    const T* g = gradient.data<T>();
    const float* m = first.data<float>();
    const float* v = second.data<float>();
    const Index elements = rows * width;

#pragma omp parallel for schedule(static) if (elements >= parallel_threshold)
    for (Index i = 0; i < elements; i += lanes) {
      const Index count = elements - i;
      const Floats slope = load(g + i, count);
      const Floats mean = beta1 * load(m + i, count) + (1.0f - beta1) * slope;
      const Floats square = beta2 * load(v + i, count) + (1.0f - beta2) * slope * slope;
      Floats root = square * correction;
      for (int lane = 0; lane < lanes; ++lane) root[lane] = std::sqrt(root[lane]);
      store(new_first + i, mean, count);
      store(new_second + i, square, count);
      store(new_parameter + i, load(p + i, count) * keep - rate * mean / (root + epsilon), count);
    }
  }
};

}  // namespace

void register_adamw() {
  register_operation("QuaestorAdamW", {},
                     {"parameter: float", "gradient: T", "first: float", "second: float", "settings: float"},
                     {"new_parameter: float", "new_first: float", "new_second: float"});
  register_kernels<AdamW>("QuaestorAdamW");
}

}  // namespace quaestor
