// A linear layer for few rows, where reading the weights is all the cost: each weight is read once, for all rows.
//
// QuaestorSmallLinear: x[M,K] T, w[N,K] T -> y[M,N] T = x · wᵀ, sums in float
// QuaestorSmallLinearF32Out: the same with y float, for logits
#include "kernel.h"
#include "operations.h"

#ifdef __AVX512BF16__
#include <immintrin.h>
#endif

namespace quaestor {
namespace {

// What one instruction multiplies: `width` elements of a row of x with as many of a row of w.
template <class T>
struct Step {
  static constexpr Index width = lanes;
  using Register = Floats;
  static Register read(const T* source) { return load(source); }
  static Register read(const T* source, Index count) { return load(source, count); }
  static Floats add_product(Floats total, Register a, Register b) { return total + a * b; }
};

#ifdef __AVX512BF16__
template <>
struct Step<bfloat16> {
  static constexpr Index width = 32;
  using Register = __m512i;
  static Register read(const bfloat16* source) { return _mm512_loadu_si512(source); }
  static Register read(const bfloat16* source, Index count) {
    return _mm512_maskz_loadu_epi16(count >= width ? ~__mmask32{0} : (__mmask32{1} << count) - 1, source);
  }
  static Floats add_product(Floats total, Register a, Register b) {
    return _mm512_dpbf16_ps(total, (__m512bh)a, (__m512bh)b);
  }
};
#endif

constexpr int rows_at_once = 4;
constexpr int columns_at_once = 4;
#ifndef PD
#define PD 12
#endif
// How many rows of w ahead memory is asked for: the parallel walk along several rows defeats hardware prefetching.
constexpr Index prefetch_columns = PD;

// The partial sums of `rows` rows of x with `columns` rows of w, one register for each pair.
template <class T, int rows, int columns, bool first>
inline void multiply_pairs(Index k, const T* x, const T* w, Floats (*partial)[lanes]) {
  using S = Step<T>;
  Floats total[rows][columns] = {};
  const auto advance = [&](Index i, auto read) {
    typename S::Register left[rows];
    for (int r = 0; r < rows; ++r) left[r] = read(x + r * k + i);
    for (int c = 0; c < columns; ++c) {
      if constexpr (first) __builtin_prefetch(w + (c + prefetch_columns) * k + i);
      const typename S::Register right = read(w + c * k + i);
      for (int r = 0; r < rows; ++r) total[r][c] = S::add_product(total[r][c], left[r], right);
    }
  };
  Index i = 0;
  for (; i + S::width <= k; i += S::width) advance(i, [](const T* source) { return S::read(source); });
  if (i < k) advance(i, [count = k - i](const T* source) { return S::read(source, count); });
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c) partial[r][c] = total[r][c];
}

// `rows` rows of y at the columns that belong to `count` <= lanes rows of w; `first`: these weights are new.
template <class T, class Out, int rows, bool first>
inline void multiply_block(Index k, const T* x, const T* w, Index count, Out* y, Index y_row) {
  Floats partial[rows][lanes] = {};
  Index column = 0;
  for (; column + columns_at_once <= count; column += columns_at_once) {
    Floats part[rows][lanes];
    multiply_pairs<T, rows, columns_at_once, first>(k, x, w + column * k, part);
    for (int r = 0; r < rows; ++r)
      for (int c = 0; c < columns_at_once; ++c) partial[r][column + c] = part[r][c];
  }
  for (; column < count; ++column) {
    Floats part[rows][lanes];
    multiply_pairs<T, rows, 1, first>(k, x, w + column * k, part);
    for (int r = 0; r < rows; ++r) partial[r][column] = part[r][0];
  }
  for (int r = 0; r < rows; ++r) store(y + r * y_row, sums(partial[r]), count);
}

template <class T, class Out>
class SmallLinear {
 public:
  explicit SmallLinear(const Attributes&) {}

  void compute(Context& context) const {
    const Tensor x_in = context.input<T>(0, "x");
    const Tensor w_in = context.input<T>(1, "w");
    const Index m = x_in.expect_rank(2).size(0);
    const Index k = x_in.size(1);
    const Index n = w_in.expect_rank(2).size(0);
    w_in.expect({n, k});
    Out* y = context.output<Out>(0, {m, n});
    const T* x = x_in.data<T>();
    const T* w = w_in.data<T>();

#pragma omp parallel for schedule(static) if (n * k >= parallel_threshold * 8)
    for (Index column = 0; column < n; column += lanes) {
      const Index count = std::min<Index>(lanes, n - column);
      const T* block = w + column * k;
      multiply_rows<true>(std::min<Index>(m, rows_at_once), n, k, x, block, count, y + column);
      for (Index row = rows_at_once; row < m; row += rows_at_once)
        multiply_rows<false>(std::min<Index>(m - row, rows_at_once), n, k, x + row * k, block, count,
                             y + row * n + column);
    }
  }

 private:
  template <bool first>
  static void multiply_rows(Index rows, Index n, Index k, const T* x, const T* block, Index count, Out* y) {
    switch (rows) {
      case 1: return multiply_block<T, Out, 1, first>(k, x, block, count, y, n);
      case 2: return multiply_block<T, Out, 2, first>(k, x, block, count, y, n);
      case 3: return multiply_block<T, Out, 3, first>(k, x, block, count, y, n);
      case 4: return multiply_block<T, Out, 4, first>(k, x, block, count, y, n);
    }
  }
};

template <class T>
using SmallLinearLow = SmallLinear<T, T>;
template <class T>
using SmallLinearF32Out = SmallLinear<T, float>;

}  // namespace

void register_small_linear() {
  register_operation("QuaestorSmallLinear", {}, {"x: T", "w: T"}, {"y: T"});
  register_kernels<SmallLinearLow>("QuaestorSmallLinear");
  register_operation("QuaestorSmallLinearF32Out", {}, {"x: T", "w: T"}, {"y: float"});
  register_kernels<SmallLinearF32Out>("QuaestorSmallLinearF32Out");
}

}  // namespace quaestor
