// What is done to all gradients of a step at once.
//
// QuaestorSquaredNorm: N tensors T -> the sum of the squares of all their entries [] float, summed in double
// QuaestorScaleAll: N tensors T, factor[] float -> N tensors T, each times the factor
#include "kernel.h"
#include "operations.h"

namespace quaestor {
namespace {

template <class T>
class SquaredNorm {
 public:
  explicit SquaredNorm(const Attributes& attributes) : count_(attributes.integer("N")) {}

  void compute(Context& context) const {
    const std::vector<Tensor> tensors = context.inputs<T>(0, count_, "tensors");
    std::vector<double> sums(tensors.size());
#pragma omp parallel for schedule(dynamic, 1)
    for (int i = 0; i < count_; ++i) sums[i] = sum_of_squares(tensors[i].template data<T>(), tensors[i].elements());
    // Added in order, so that the result does not depend on the threads.
    double total = 0;
    for (const double sum : sums) total += sum;
    *context.output<float>(0, {}) = static_cast<float>(total);
  }

 private:
  static double sum_of_squares(const T* values, Index elements) {
    constexpr Index chunk = 4096;
    double total = 0;
    for (Index begin = 0; begin < elements; begin += chunk) {
      Floats partial = {};
      const Index end = std::min(elements, begin + chunk);
      for (Index i = begin; i < end; i += lanes) {
        const Floats value = load(values + i, end - i);
        partial += value * value;
      }
      total += sum(partial);
    }
    return total;
  }

  int count_;
};

template <class T>
class ScaleAll {
 public:
  explicit ScaleAll(const Attributes& attributes) : count_(attributes.integer("N")) {}

  void compute(Context& context) const {
    const std::vector<Tensor> tensors = context.inputs<T>(0, count_, "tensors");
    const Tensor factor_in = context.input<float>(count_, "factor");
    const float factor = *factor_in.expect({}).template data<float>();
    std::vector<T*> targets;
    for (int i = 0; i < count_; ++i) targets.push_back(context.output<T>(i, tensors[i].shape()));
#pragma omp parallel for schedule(dynamic, 1)
    for (int i = 0; i < count_; ++i) {
      const Index elements = tensors[i].elements();
      const T* source = tensors[i].template data<T>();
      for (Index j = 0; j < elements; j += lanes)
        store(targets[i] + j, load(source + j, elements - j) * factor, elements - j);
    }
  }

 private:
  int count_;
};

}  // namespace

void register_gradients() {
  register_operation("QuaestorSquaredNorm", {"N: int"}, {"tensors: N * T"}, {"sum: float"});
  register_kernels<SquaredNorm>("QuaestorSquaredNorm");
  register_operation("QuaestorScaleAll", {"N: int"}, {"tensors: N * T", "factor: float"}, {"scaled: N * T"});
  register_kernels<ScaleAll>("QuaestorScaleAll");
}

}  // namespace quaestor
