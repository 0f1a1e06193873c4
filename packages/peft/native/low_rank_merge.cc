// Low-rank corrections folded into a weight (Hu et al. 2021), in one pass over it.
//
// QuaestorLowRankMerge: weight[out,in] T, low[out,R] float, stacked[R,in] float
//   -> merged[out,in] T = weight + low·stacked, summed in float and rounded once
#include "kernel.h"
#include "operations.h"

namespace quaestor {
namespace {

// Rows that share what is read of `stacked`.
constexpr int block_rows = 4;

template <class T>
class LowRankMerge {
 public:
  explicit LowRankMerge(const Attributes&) {}

  void compute(Context& context) const {
    const Tensor weight = context.input<T>(0, "weight");
    const Tensor low = context.input<float>(1, "low");
    const Tensor stacked = context.input<float>(2, "stacked");
    const Index rows = weight.expect_rank(2).size(0);
    const Index width = weight.size(1);
    const Index rank = stacked.expect_rank(2).size(0);
    low.expect({rows, rank});
    stacked.expect({rank, width});
    T* merged = context.output<T>(0, {rows, width});
    const T* source = weight.data<T>();
    const float* left = low.data<float>();
    const float* right = stacked.data<float>();

#pragma omp parallel for schedule(static) if (rows * width >= parallel_threshold)
    for (Index first = 0; first < rows; first += block_rows) {
      const Index count = std::min<Index>(block_rows, rows - first);
      const std::vector<Term> terms = terms_of(left + first * rank, right, count, rank, width);
      for (Index i = 0; i < width; i += lanes) {
        Floats sums[block_rows];
        for (Index row = 0; row < count; ++row) sums[row] = load(source + (first + row) * width + i, width - i);
        for (const Term& term : terms) {
          const Floats columns = load(term.stacked + i, width - i);
          for (Index row = 0; row < count; ++row) sums[row] += term.factors[row] * columns;
        }
        for (Index row = 0; row < count; ++row) store(merged + (first + row) * width + i, sums[row], width - i);
      }
    }
  }

 private:
  // A row of `stacked`, and what a block's rows multiply it by.
  struct Term {
    const float* stacked;
    float factors[block_rows];
  };

  // Corrections of other output rows are zero here, and left out.
  static std::vector<Term> terms_of(const float* low, const float* stacked, Index count, Index rank, Index width) {
    std::vector<Term> terms;
    for (Index r = 0; r < rank; ++r) {
      Term term = {stacked + r * width, {}};
      for (Index row = 0; row < count; ++row) term.factors[row] = low[row * rank + r];
      const auto counts = [](float factor) { return factor != 0.0f; };
      if (std::any_of(term.factors, term.factors + count, counts)) terms.push_back(term);
    }
    return terms;
  }
};

}  // namespace

void register_low_rank_merge() {
  register_operation("QuaestorLowRankMerge", {}, {"weight: T", "low: float", "stacked: float"}, {"merged: T"});
  register_kernels<LowRankMerge>("QuaestorLowRankMerge");
}

}  // namespace quaestor
