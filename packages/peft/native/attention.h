// What the attention operations share: the layout of a packed projection and rotary positions (Su et al. 2021).
//
// A row of qkv[N,(H+2·KV)·hd] holds H query heads, then KV key heads, then KV value heads; query head h reads key and
// value head h / (H/KV). Rotation pairs element j of a head with element j + hd/2.
#pragma once

#include <algorithm>

#include "kernel.h"

namespace quaestor {

// Heads of one row after another lie far apart, which hardware prefetching does not follow.
inline constexpr Index prefetch_rows = 8;

struct Heads {
  Index rows;
  Index query;      // query heads
  Index key_value;  // key heads, and as many value heads
  Index group;      // query heads per key head
  Index dim;        // elements of a head
  Index padded;     // dim rounded up for `multiply`
  Index width;      // elements of a row of qkv
};

// @param width elements of a row of qkv
inline Heads heads_of(Index rows, Index width, Index query, Index key_value) {
  require(query > 0 && key_value > 0 && query % key_value == 0, "heads must be a positive multiple of kv_heads, got ",
          query, " and ", key_value);
  const Index total = query + 2 * key_value;
  require(width > 0 && width % (2 * total) == 0, "qkv must have (heads + 2·kv_heads)·dim columns with an even dim; ",
          width, " columns do not fit ", total, " heads");
  const Index dim = width / total;
  return {rows, query, key_value, query / key_value, dim, round_up(dim, column_step), width};
}

inline Heads read_heads(const Tensor& qkv, Index query, Index key_value) {
  qkv.expect_rank(2);
  return heads_of(qkv.size(0), qkv.size(1), query, key_value);
}

struct Rotation {
  const float* cos;
  const float* sin;
  const std::int32_t* positions;
  Index half;

  const float* cos_of(Index row) const { return cos + positions[row] * half; }
  const float* sin_of(Index row) const { return sin + positions[row] * half; }
};

// The tensors must outlive the result, which only points into them.
inline Rotation read_rotation(const Heads& heads, const Tensor& positions, const Tensor& cos, const Tensor& sin) {
  positions.expect({heads.rows});
  const Index limit = cos.expect_rank(2).size(0);
  cos.expect({limit, heads.dim / 2});
  sin.expect({limit, heads.dim / 2});
  const auto* values = positions.data<std::int32_t>();
  for (Index row = 0; row < heads.rows; ++row)
    require(values[row] >= 0 && values[row] < limit, "positions[", row, "] = ", values[row],
            " lies outside the ", limit, " rows of cos and sin");
  return {cos.data<float>(), sin.data<float>(), values, heads.dim / 2};
}

// target = scale · rotated head, for element j < half: x[j]·cos − x[j+half]·sin and x[j+half]·cos + x[j]·sin
template <class T, class Out>
inline void rotate(const T* x, const Rotation& rotation, Index row, float scale, Out* target) {
  const float* cos = rotation.cos_of(row);
  const float* sin = rotation.sin_of(row);
  const Index half = rotation.half;
  for (Index j = 0; j < half; j += lanes) {
    const Index count = half - j;
    const Floats c = load(cos + j, count) * scale;
    const Floats s = load(sin + j, count) * scale;
    const Floats low = load(x + j, count);
    const Floats high = load(x + half + j, count);
    store(target + j, low * c - high * s, count);
    store(target + half + j, high * c + low * s, count);
  }
}

// The transpose of `rotate`, which carries gradients back.
template <class T>
inline void rotate_back(const float* dy, const Rotation& rotation, Index row, float scale, T* dx) {
  const float* cos = rotation.cos_of(row);
  const float* sin = rotation.sin_of(row);
  const Index half = rotation.half;
  for (Index j = 0; j < half; j += lanes) {
    const Index count = half - j;
    const Floats c = load(cos + j, count) * scale;
    const Floats s = load(sin + j, count) * scale;
    const Floats low = load(dy + j, count);
    const Floats high = load(dy + half + j, count);
    store(dx + j, low * c + high * s, count);
    store(dx + half + j, high * c - low * s, count);
  }
}

template <class T>
inline void convert(const T* source, Index count, float* target) {
  for (Index j = 0; j < count; j += lanes) store(target + j, load(source + j, count - j), count - j);
}

template <class A, class B>
inline float dot(const A* a, const B* b, Index count) {
  Floats products = {};
  for (Index j = 0; j < count; j += lanes) products += load(a + j, count - j) * load(b + j, count - j);
  return sum(products);
}

}  // namespace quaestor
