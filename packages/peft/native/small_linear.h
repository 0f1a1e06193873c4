// A linear layer for few rows in bfloat16, where reading the weights is all the cost: each weight is read once, for all
// rows.
#pragma once

#include "dot_step.h"
#include "kernel.h"
#include "tile_product.h"

namespace quaestor {
namespace few_rows {

// With more than two rows of x, the processor looks too few weights ahead by itself.
constexpr Index prefetch_bytes = 4096;

// The partial sums of `rows` rows of x with `columns` rows of w, one register for each pair.
template <int rows, int columns>
inline void multiply_pairs(Index k, const bfloat16* x, const bfloat16* w, Floats (*partial)[lanes]) {
  using S = Step<bfloat16>;
  Floats total[rows][columns] = {};
  const auto advance = [&](Index i, auto read) {
    typename S::Register left[rows];
    for (int r = 0; r < rows; ++r) left[r] = read(x + r * k + i);
    for (int c = 0; c < columns; ++c) {
      if constexpr (columns == 1 && rows > 2) __builtin_prefetch(w + k * c + i + prefetch_bytes / sizeof *w, 0, 2);
      const typename S::Register right = read(w + c * k + i);
      for (int r = 0; r < rows; ++r) total[r][c] = S::add_product(total[r][c], left[r], right);
    }
  };
  Index i = 0;
  for (; i + S::width <= k; i += S::width) advance(i, [](const bfloat16* source) { return S::read(source); });
  if (i < k) advance(i, [count = k - i](const bfloat16* source) { return S::read(source, count); });
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c) partial[r][c] = total[r][c];
}

// y[rows][lanes] = `rows` rows of x times `count` <= lanes rows of w.
template <int rows, int columns>
void multiply_block(Index k, const bfloat16* x, const bfloat16* w, Index count, float* y) {
  Floats partial[rows][lanes];
  if (count < lanes) std::memset(partial, 0, sizeof partial);
  Index column = 0;
  for (; column + columns <= count; column += columns) {
    Floats part[rows][lanes];
    multiply_pairs<rows, columns>(k, x, w + column * k, part);
    for (int r = 0; r < rows; ++r)
      for (int c = 0; c < columns; ++c) partial[r][column + c] = part[r][c];
  }
  if constexpr (columns > 1) {
    for (; column < count; ++column) {
      Floats part[rows][lanes];
      multiply_pairs<rows, 1>(k, x, w + column * k, part);
      for (int r = 0; r < rows; ++r) partial[r][column] = part[r][0];
    }
  }
  for (int r = 0; r < rows; ++r) store(y + r * lanes, sums(partial[r]));
}

using Multiply = void (*)(Index, const bfloat16*, const bfloat16*, Index, float*);

// Weights that come from memory are walked through in order, which is what hardware prefetching follows; the rows of x
// that find them in the cache take several rows of w at a time.
constexpr Index first_rows = 8;
constexpr Index further_rows = 4;
constexpr Multiply multiply_first[first_rows] = {
    multiply_block<1, 1>, multiply_block<2, 1>, multiply_block<3, 1>, multiply_block<4, 1>,
    multiply_block<5, 1>, multiply_block<6, 1>, multiply_block<7, 1>, multiply_block<8, 1>};
constexpr Multiply multiply_further[further_rows] = {
    multiply_block<1, 4>, multiply_block<2, 4>, multiply_block<3, 4>, multiply_block<4, 4>};

}  // namespace few_rows

// y[m,n] = x[m,k] · w[n,k]ᵀ, sums in float
template <class Out>
void small_linear(Index m, Index k, Index n, const bfloat16* x, const bfloat16* w, Out* y) {
  using namespace few_rows;
#ifdef QUAESTOR_TILES
  if (have_tiles() && fills_tiles(k, n)) return multiply_in_tiles(m, k, n, x, w, y);
#endif

#pragma omp parallel for schedule(static) if (n * k >= parallel_threshold * 8)
  for (Index column = 0; column < n; column += lanes) {
    const Index count = std::min<Index>(lanes, n - column);
    float block[first_rows * lanes];
    for (Index row = 0; row < m;) {
      const Index rows = std::min(m - row, row == 0 ? first_rows : further_rows);
      const Multiply multiply_rows = row == 0 ? multiply_first[rows - 1] : multiply_further[rows - 1];
      multiply_rows(k, x + row * k, w + column * k, count, block);
      for (Index r = 0; r < rows; ++r) store(y + (row + r) * n + column, load(block + r * lanes), count);
      row += rows;
    }
  }
}

}  // namespace quaestor
