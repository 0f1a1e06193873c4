// One update of AdamW (Loshchilov & Hutter 2019) on N parameters, as new tensors.
//
// QuaestorAdamW: N parameters float, N gradients T, N first and N second moments float, all four of the same shape;
//   settings[N,6] float = (rate/(1−β₁ᵗ), 1 − rate·decay, β₁, β₂, 1/(1−β₂ᵗ), ε) of each
//   -> N parameters', N first', N second' float with
//   m' = β₁·m + (1−β₁)·g, v' = β₂·v + (1−β₂)·g², p' = p·(1 − rate·decay) − rate/(1−β₁ᵗ) · m' / (√(v'/(1−β₂ᵗ)) + ε)
#include <cmath>

#include "kernel.h"
#include "operations.h"

namespace quaestor {
namespace {

template <class T>
class AdamW {
 public:
  explicit AdamW(const Attributes& attributes) : count_(attributes.integer("N")) {}

  void compute(Context& context) const {
    const int n = count_;
    const std::vector<Tensor> parameters = context.inputs<float>(0, n, "parameters");
    const std::vector<Tensor> gradients = context.inputs<T>(n, n, "gradients");
    const std::vector<Tensor> firsts = context.inputs<float>(2 * n, n, "first");
    const std::vector<Tensor> seconds = context.inputs<float>(3 * n, n, "second");
    const Tensor settings = context.input<float>(4 * n, "settings");
    settings.expect({n, 6});
    std::vector<Update> updates;
    for (int i = 0; i < n; ++i) {
      const std::vector<Index> shape = parameters[i].shape();
      gradients[i].expect(shape);
      firsts[i].expect(shape);
      seconds[i].expect(shape);
      updates.push_back({parameters[i].elements(), settings.data<float>() + 6 * i, parameters[i].data<float>(),
                         gradients[i].data<T>(), firsts[i].data<float>(), seconds[i].data<float>(),
                         context.output<float>(i, shape), context.output<float>(n + i, shape),
                         context.output<float>(2 * n + i, shape)});
    }

#pragma omp parallel for schedule(dynamic, 1) if (n > 1)
    for (int i = 0; i < n; ++i) run(updates[i]);
  }

 private:
  struct Update {
    Index elements;
    const float* settings;
    const float* parameter;
    const T* gradient;
    const float* first;
    const float* second;
    float* new_parameter;
    float* new_first;
    float* new_second;
  };

  static void run(const Update& u) {
    const float* s = u.settings;
    const float rate = s[0], keep = s[1], beta1 = s[2], beta2 = s[3], correction = s[4], epsilon = s[5];
#pragma omp parallel for schedule(static) if (u.elements >= parallel_threshold)
    for (Index i = 0; i < u.elements; i += lanes) {
      const Index count = u.elements - i;
      const Floats slope = load(u.gradient + i, count);
      const Floats mean = beta1 * load(u.first + i, count) + (1.0f - beta1) * slope;
      const Floats square = beta2 * load(u.second + i, count) + (1.0f - beta2) * slope * slope;
      Floats root = square * correction;
      for (int lane = 0; lane < lanes; ++lane) root[lane] = std::sqrt(root[lane]);
      store(u.new_first + i, mean, count);
      store(u.new_second + i, square, count);
      store(u.new_parameter + i, load(u.parameter + i, count) * keep - rate * mean / (root + epsilon), count);
    }
  }

  int count_;
};

}  // namespace

void register_adamw() {
  register_operation("QuaestorAdamW", {"N: int"},
                     {"parameters: N * float", "gradients: N * T", "first: N * float", "second: N * float",
                      "settings: float"},
                     {"new_parameters: N * float", "new_first: N * float", "new_second: N * float"});
  register_kernels<AdamW>("QuaestorAdamW");
}

}  // namespace quaestor
