// The inputs of causal attention and its gradient, and the walk over blocks of scores that both share.
//
// Scores are kept in units of log2: queries carry the factor log2(e) / sqrt(hd).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstring>

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

  // Offset of a block in scratch arrays of [key head][padded row][padded dim], in elements; they divide into units.
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

// The right-hand side of a product has its rows in units: a row of units holds `depth` rows of elements.

// Writes a row of a block as a column of its transpose [dim units][width].
template <class T>
inline void put_column(const T* source, Index count, Index column, Index width, Unit<T>* target) {
  for (Index d = 0; d < count; d += depth<T>)
    std::memcpy(target + d / depth<T> * width + column, source + d, sizeof(Unit<T>));
}

// Writes a row of a block into [rows of units][width].
template <class T>
inline void put_row(const T* source, Index count, Index row, Index width, Unit<T>* target) {
  char* first = reinterpret_cast<char*>(target + row / depth<T> * width) + row % depth<T> * sizeof(T);
  for (Index d = 0; d < count; ++d) std::memcpy(first + d * sizeof(Unit<T>), source + d, sizeof(T));
}

// Cuts scratch memory, counted in floats, into arrays.
class Arena {
 public:
  explicit Arena(float* memory) : next_(memory) {}

  template <class E>
  E* take(Index count) {
    E* array = reinterpret_cast<E*>(next_);
    next_ += floats<E>(count);
    return array;
  }

  // Rounded up, so that every array starts where a register's store likes it.
  template <class E>
  static constexpr Index floats(Index count) {
    return round_up(count * static_cast<Index>(sizeof(E)), 64) / static_cast<Index>(sizeof(float));
  }

 private:
  float* next_;
};

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
