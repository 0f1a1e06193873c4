// Gated activation SwiGLU (Shazeer 2020), and its gradient.
//
// QuaestorSwiGlu: gate_up[N,2F] T -> act[N,F] T = silu(gate) · up, with gate the first F columns, up the others and
//   silu(x) = x · s(x), s(x) = 1 / (1 + exp(−x))
// QuaestorSwiGluGrad: dact[N,F] T, gate_up[N,2F] T -> dgate_up[N,2F] T with
//   dgate = dact · up · s · (1 + gate · (1 − s)), dup = dact · gate · s
#include "operations.h"
#include "swiglu.h"

namespace quaestor {
namespace {

template <class T>
class SwiGlu {
 public:
  explicit SwiGlu(const Attributes&) {}

  void compute(Context& context) const {
    const Tensor gate_up = context.input<T>(0, "gate_up");
    const Index rows = gate_up.expect_rank(2).size(0);
    require(gate_up.size(1) % 2 == 0, "gate_up must have an even number of columns, got ", gate_up.size(1));
    const Index width = gate_up.size(1) / 2;
    swiglu(rows, width, gate_up.data<T>(), context.output<T>(0, {rows, width}));
  }
};

template <class T>
class SwiGluGrad {
 public:
  explicit SwiGluGrad(const Attributes&) {}

  void compute(Context& context) const {
    const Tensor dact = context.input<T>(0, "dact");
    const Tensor gate_up = context.input<T>(1, "gate_up");
    const Index rows = dact.expect_rank(2).size(0);
    const Index width = dact.size(1);
    gate_up.expect({rows, 2 * width});
    T* target = context.output<T>(0, {rows, 2 * width});
    const T* gradient = dact.data<T>();
    const T* source = gate_up.data<T>();

#pragma omp parallel for schedule(static) if (rows * width >= parallel_threshold)
    for (Index row = 0; row < rows; ++row) {
      const T* gates = source + row * 2 * width;
      const T* ups = gates + width;
      T* dgates = target + row * 2 * width;
      T* dups = dgates + width;
      for (Index i = 0; i < width; i += lanes) {
        const Index count = width - i;
        const Floats gate = load(gates + i, count);
        const Floats up = load(ups + i, count);
        const Floats d = load(gradient + row * width + i, count);
        const Floats s = sigmoid(gate);
        store(dgates + i, d * up * s * (1.0f + gate * (1.0f - s)), count);
        store(dups + i, d * gate * s, count);
      }
    }
  }
};

}  // namespace

void register_swiglu() {
  register_operation("QuaestorSwiGlu", {}, {"gate_up: T"}, {"act: T"});
  register_kernels<SwiGlu>("QuaestorSwiGlu");
  register_operation("QuaestorSwiGluGrad", {}, {"dact: T", "gate_up: T"}, {"dgate_up: T"});
  register_kernels<SwiGluGrad>("QuaestorSwiGluGrad");
}

}  // namespace quaestor
