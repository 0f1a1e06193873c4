// The two row-wise products of low-rank adaptation (Hu et al. 2021) that a matrix product would surround with copies.
//
// QuaestorLowRankDown: x[N,K] T, a[R,K] T -> joined[N,K+R] T = [x | x · aᵀ], sums in float
// QuaestorLowRankUp: d[N,K+R] T, a[R,K] T -> dx[N,K] T = d₀ + d₁ · a, with d₀ the first K columns of d, d₁ the others;
//   sums in float, rounded once
#include "dot_step.h"
#include "kernel.h"
#include "operations.h"

namespace quaestor {
namespace {

// A tile of dot products has as many as a register has lanes, so that their sums fill one.
constexpr int dot_rows = 4;
constexpr int dot_columns = lanes / dot_rows;

// The pointers to `count` rows of `width` elements; the last row stands in for those of an incomplete tile.
template <int size, class T>
struct Rows {
  Rows(const T* first, Index count, Index width) {
    for (int i = 0; i < size; ++i) data[i] = first + std::min<Index>(i, count - 1) * width;
  }
  const T* data[size];
};

// Lane r · dot_columns + c is the product of row r of x with row c of a.
template <class T>
inline Floats dot_products(Index k, const Rows<dot_rows, T>& x, const Rows<dot_columns, T>& a) {
  using S = Step<T>;
  Floats total[lanes] = {};
  const auto advance = [&](Index i, auto read) {
    typename S::Register left[dot_rows];
    for (int r = 0; r < dot_rows; ++r) left[r] = read(x.data[r] + i);
    for (int c = 0; c < dot_columns; ++c) {
      const typename S::Register right = read(a.data[c] + i);
      for (int r = 0; r < dot_rows; ++r)
        total[r * dot_columns + c] = S::add_product(total[r * dot_columns + c], left[r], right);
    }
  };
  Index i = 0;
  for (; i + S::width <= k; i += S::width) advance(i, [](const T* source) { return S::read(source); });
  if (i < k) advance(i, [count = k - i](const T* source) { return S::read(source, count); });
  return sums(total);
}

template <class T>
class LowRankDown {
 public:
  explicit LowRankDown(const Attributes&) {}

  void compute(Context& context) const {
    const Tensor x_in = context.input<T>(0, "x");
    const Tensor a_in = context.input<T>(1, "a");
    const Index rows = x_in.expect_rank(2).size(0);
    const Index width = x_in.size(1);
    const Index rank = a_in.expect_rank(2).size(0);
    a_in.expect({rank, width});
    T* joined = context.output<T>(0, {rows, width + rank});
    const T* x = x_in.data<T>();
    const T* a = a_in.data<T>();

#pragma omp parallel for schedule(static) if (rows * width * rank >= parallel_threshold * 16)
    for (Index row = 0; row < rows; row += dot_rows) {
      const Index row_count = std::min<Index>(dot_rows, rows - row);
      T* target = joined + row * (width + rank);
      for (Index r = 0; r < row_count; ++r)
        std::copy_n(x + (row + r) * width, width, target + r * (width + rank));
      const Rows<dot_rows, T> left(x + row * width, row_count, width);
      for (Index column = 0; column < rank; column += dot_columns) {
        const Index count = std::min<Index>(dot_columns, rank - column);
        T products[lanes];
        store(products, dot_products(width, left, Rows<dot_columns, T>(a + column * width, count, width)));
        for (Index r = 0; r < row_count; ++r)
          std::copy_n(products + r * dot_columns, count, target + r * (width + rank) + width + column);
      }
    }
  }
};

// Whole registers are written, so the target needs room for `count` rounded up to `lanes`.
template <class T>
inline void widen(const T* source, Index count, float* target) {
  for (Index i = 0; i < count; i += lanes) store(target + i, load(source + i, count - i));
}

// Rows that share one pass over a.
constexpr Index up_rows = 16;

template <class T>
class LowRankUp {
 public:
  explicit LowRankUp(const Attributes&) {}

  void compute(Context& context) const {
    const Tensor d_in = context.input<T>(0, "d");
    const Tensor a_in = context.input<T>(1, "a");
    const Index rows = d_in.expect_rank(2).size(0);
    const Index rank = a_in.expect_rank(2).size(0);
    const Index width = a_in.size(1);
    d_in.expect({rows, width + rank});
    T* dx = context.output<T>(0, {rows, width});
    const T* d = d_in.data<T>();
    const T* a = a_in.data<T>();

    // Columns that pad a row are computed with it and never stored.
    const Index padded_width = round_up(width, column_step);
    const Index padded_rank = round_up(rank, column_step);
    const Index block_floats = up_rows * (padded_width + padded_rank);
    thread_local Scratch scratch;
    float* factor = scratch.reserve(rank * padded_width + thread_limit() * block_floats);
    float* blocks = factor + rank * padded_width;
    for (Index r = 0; r < rank; ++r) widen(a + r * width, width, factor + r * padded_width);

#pragma omp parallel for schedule(static) if (rows * width * rank >= parallel_threshold * 16)
    for (Index row = 0; row < rows; row += up_rows) {
      const Index count = std::min(up_rows, rows - row);
      float* sum = blocks + thread_index() * block_floats;
      float* low = sum + up_rows * padded_width;
      for (Index r = 0; r < count; ++r) {
        const T* source = d + (row + r) * (width + rank);
        widen(source, width, sum + r * padded_width);
        widen(source + width, rank, low + r * padded_rank);
      }
      multiply<true>(count, padded_width, rank, {low, padded_rank, 1}, factor, padded_width, sum, padded_width);
      for (Index r = 0; r < count; ++r)
        for (Index i = 0; i < width; i += lanes)
          store(dx + (row + r) * width + i, load(sum + r * padded_width + i), width - i);
    }
  }
};

}  // namespace

void register_low_rank() {
  register_operation("QuaestorLowRankDown", {}, {"x: T", "a: T"}, {"joined: T"});
  register_kernels<LowRankDown>("QuaestorLowRankDown");
  register_operation("QuaestorLowRankUp", {}, {"d: T", "a: T"}, {"dx: T"});
  register_kernels<LowRankUp>("QuaestorLowRankUp");
}

}  // namespace quaestor
