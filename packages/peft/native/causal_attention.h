// The inputs of causal attention and its gradient, and the walk over blocks of scores that both share.
//
// Scores are kept in units of log2: queries carry the factor log2(e) / sqrt(hd).
#pragma once

#include <algorithm>
#include <cmath>

#include "attention.h"
#include "segments.h"

namespace quaestor {

inline constexpr float hidden_score = -1e30f;  // of the keys after the query: exp2 gives exactly 0

template <class T>
struct Inputs {
  Tensor qkv, positions, first, cos, sin;
  Heads heads;
  Rotation rotation;
  Packing packing;

  Inputs(const Context& context, Index query_heads, Index kv_heads)
      : qkv(context.input<T>(0, "qkv")),
        positions(context.input<std::int32_t>(1, "positions")),
        first(context.input<std::int32_t>(2, "first")),
        cos(context.input<float>(3, "cos")),
        sin(context.input<float>(4, "sin")),
        heads(read_heads(qkv, query_heads, kv_heads)),
        rotation(read_rotation(heads, positions, cos, sin)),
        packing(read_packing(first, heads.rows)) {}

  const T* query(Index row, Index head) const { return qkv.data<T>() + row * heads.width + head * heads.dim; }
  const T* key(Index row, Index head) const { return query(row, heads.query + head); }
  const T* value(Index row, Index head) const { return query(row, heads.query + heads.key_value + head); }

  void prefetch_head(const T* head, Index row_width) const {
    prefetch(head + prefetch_rows * row_width, static_cast<std::size_t>(heads.dim) * sizeof(T));
  }

  float scale() const { return 1.0f / std::sqrt(static_cast<float>(heads.dim)); }

  // Offset of a block in scratch arrays of [key head][padded row][padded dim].
  Index offset(const Segment& segment, Index head, Index begin) const {
    return (head * packing.padded_rows + segment.padded_begin + begin) * heads.padded;
  }
  Index scratch_size() const { return heads.key_value * packing.padded_rows * heads.padded; }

  // Multiply-adds of one product over all heads, to decide whether other threads are worth waking.
  Index work() const {
    Index pairs = 0;
    for (const Segment& segment : packing.segments) pairs += segment.length * segment.length;
    return pairs * heads.query * heads.dim;
  }
};

// Writes row `column` of a block as a column of its transpose [dim][width].
inline void put_column(const float* source, Index count, Index column, Index width, float* target) {
  for (Index d = 0; d < count; ++d) target[d * width + column] = source[d];
}

// A block on the diagonal is worked on in strips, which stop at the last column that a row of the strip sees.
template <class Visit>
inline void for_row_strips(Index rows, Index width, bool diagonal, Visit visit) {
  if (!diagonal) return visit(Index{0}, rows, width);
  for (Index begin = 0; begin < rows; begin += column_step)
    visit(begin, std::min(column_step, rows - begin), std::min(width, begin + column_step));
}

// The same seen from the columns: a strip of columns and the first row that sees one of them.
template <class Visit>
inline void for_column_strips(Index rows, Index width, bool diagonal, Visit visit) {
  if (!diagonal) return visit(Index{0}, width, Index{0});
  for (Index begin = 0; begin < std::min(rows, width); begin += column_step)
    visit(begin, std::min(column_step, width - begin), begin);
}

inline Index visible_columns(Index row, Index width, bool diagonal) {
  return diagonal ? std::min(width, round_up(row + 1, column_step)) : width;
}

inline void hide_later_columns(float* scores, Index row, Index columns, bool diagonal) {
  if (diagonal) std::fill(scores + std::min(row + 1, columns), scores + columns, hidden_score);
}

}  // namespace quaestor
