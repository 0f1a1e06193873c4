// A linear layer of float rows over weights as they are kept, in float or bfloat16: y = x · wᵀ, sums in float.
//
// A few rows of w at a time are read, once, in the order in which they lie in memory, and widened to float where the
// cache is near; then all rows of x pass over them. Every sum is taken in the same order however many rows of x there
// are, so a row's result does not depend on which others go with it.
#pragma once

#include "dot_step.h"
#include "kernel.h"

namespace quaestor {
namespace wide_linear {

// Rows of x and of w whose products are summed side by side: what 16 registers hold.
constexpr int tile_of_x = 3;
constexpr int tile_of_w = 4;
static_assert(lanes % tile_of_w == 0);

// Rows of x that pass over each block of w before it is widened anew: they stay in a core's own cache.
constexpr Index rows_at_once = 96;

constexpr Index prefetch_bytes = 4096;

// The partial sums of `rows` rows of x with `tile_of_w` widened rows of w, one register for each pair.
template <int rows>
inline void multiply_pairs(Index k, const float* x, const float* w, Index w_row, Floats (*partial)[lanes]) {
  using S = Step<float>;
  Floats total[rows][tile_of_w] = {};
  const auto advance = [&](Index i, auto read) {
    Floats left[rows];
    for (int r = 0; r < rows; ++r) {
      left[r] = read(x + r * k + i);
      pin(left[r]);
    }
    for (int c = 0; c < tile_of_w; ++c) {
      Floats right = load(w + c * w_row + i);
      pin(right);
      for (int r = 0; r < rows; ++r) total[r][c] = S::add_product(total[r][c], left[r], right);
    }
  };
  Index i = 0;
  for (; i + lanes <= k; i += lanes) advance(i, [](const float* source) { return load(source); });
  if (i < k) advance(i, [count = k - i](const float* source) { return load(source, count); });
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < tile_of_w; ++c) partial[r][c] = total[r][c];
}

// y[rows][count] = `rows` rows of x times `count` <= lanes widened rows of w.
template <int rows>
inline void multiply_rows(Index k, const float* x, const float* w, Index w_row, float* y, Index n, Index count) {
  Floats partial[rows][lanes];
  for (int column = 0; column < lanes; column += tile_of_w)
    multiply_pairs<rows>(k, x, w + column * w_row, w_row, reinterpret_cast<Floats(*)[lanes]>(&partial[0][column]));
  for (int r = 0; r < rows; ++r) store(y + r * n, sums(partial[r]), count);
}

// `count` rows of w as float, `lanes` rows with zeros for those that are missing and at the end of each.
template <class T>
inline void widen(Index k, const T* w, Index count, float* to, Index to_row) {
  if (count < lanes) std::memset(to, 0, static_cast<std::size_t>(lanes * to_row) * sizeof *to);
  for (Index row = 0; row < count; ++row, w += k, to += to_row) {
    Index i = 0;
    for (; i + lanes <= k; i += lanes) {
      __builtin_prefetch(reinterpret_cast<const char*>(w + i) + prefetch_bytes, 0, 2);
      store(to + i, load(w + i));
    }
    if (i < k) store(to + i, load(w + i, k - i));
  }
}

}  // namespace wide_linear

// y[m,n] = x[m,k] · w[n,k]ᵀ
template <class T>
void linear(Index m, Index k, Index n, const float* x, const T* w, float* y) {
  using namespace wide_linear;
  const Index w_row = round_up(k, lanes);

#pragma omp parallel if (m * n * k >= parallel_threshold * 8)
  {
    thread_local Scratch scratch;
    float* wide = scratch.reserve(lanes * w_row);
    for (Index first = 0; first < m; first += rows_at_once) {
      const Index end = std::min(m, first + rows_at_once);
#pragma omp for schedule(static) nowait
      for (Index column = 0; column < n; column += lanes) {
        const Index count = std::min<Index>(lanes, n - column);
        widen(k, w + column * k, count, wide, w_row);
        Index row = first;
        for (; row + tile_of_x <= end; row += tile_of_x)
          multiply_rows<tile_of_x>(k, x + row * k, wide, w_row, y + row * n + column, n, count);
        if (end - row == 2) multiply_rows<2>(k, x + row * k, wide, w_row, y + row * n + column, n, count);
        if (end - row == 1) multiply_rows<1>(k, x + row * k, wide, w_row, y + row * n + column, n, count);
      }
    }
  }
}

}  // namespace quaestor
