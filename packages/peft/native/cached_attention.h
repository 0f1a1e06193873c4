// Attention of new rows over cached keys and values, for decoding, checking drafted tokens and chunked prefill.
#pragma once

#include <cmath>

#include "attention.h"

namespace quaestor {
namespace cached {

// Query heads that share one pass over the keys.
constexpr int heads_at_once = 4;

template <class T>
struct Cache {
  T *all_keys, *all_values;
  Index slots, heads, capacity, dim;

  // The tensors must outlive the result, which only points into them.
  Cache(const Tensor& keys, const Tensor& values, const Heads& shape)
      : all_keys(keys.data<T>()), all_values(values.data<T>()) {
    slots = keys.expect_rank(4).size(0);
    heads = shape.key_value;
    capacity = keys.size(2);
    dim = shape.dim;
    keys.expect({slots, heads, capacity, dim});
    values.expect({slots, heads, capacity, dim});
  }

  Index offset(Index slot, Index head, Index position) const {
    return ((slot * heads + head) * capacity + position) * dim;
  }
  T* keys(Index slot, Index head, Index position) const { return all_keys + offset(slot, head, position); }
  T* values(Index slot, Index head, Index position) const { return all_values + offset(slot, head, position); }
};

inline const std::int32_t* read_indices(const Tensor& tensor, Index rows, Index limit) {
  tensor.expect({rows});
  const auto* values = tensor.data<std::int32_t>();
  for (Index row = 0; row < rows; ++row)
    require(values[row] >= 0 && values[row] < limit, tensor.name(), "[", row, "] = ", values[row],
            " must be at least 0 and below ", limit);
  return values;
}

template <class T>
void write_cache(const Heads& heads, const Rotation& rotation, const T* qkv, const std::int32_t* slots,
                 const Cache<T>& cache) {
  for (Index row = 0; row < heads.rows; ++row) {
    const Index position = rotation.positions[row];
    for (Index head = 0; head < heads.key_value; ++head) {
      const T* key = qkv + row * heads.width + (heads.query + head) * heads.dim;
      rotate(key, rotation, row, 1.0f, cache.keys(slots[row], head, position));
      std::copy_n(key + heads.key_value * heads.dim, heads.dim, cache.values(slots[row], head, position));
    }
  }
}

// `count` consecutive positions of one slot and key head, which start at `begin` of the row's context.
template <class T>
struct Run {
  const T* keys;
  const T* values;
  Index begin;
  Index count;
};

// The usual size of a head fills this many registers, which allows to keep queries and results in registers.
constexpr int head_vectors = 4;

// scores[member][position] = query · key, `lanes` keys at a time; the scores up to the next multiple of `lanes` are
// overwritten too. `vectors` is the size of a head in registers, or 0 when it is not `head_vectors`.
template <class T, int members, int vectors>
inline void score(const Run<T>& run, Index dim, Index padded, const float* queries, float* scores, Index scores_row) {
  Floats query[members][vectors + 1];
  for (int member = 0; member < members; ++member)
    for (int v = 0; v < vectors; ++v) query[member][v] = load(queries + member * padded + v * lanes);
  for (Index position = 0; position < run.count; position += lanes) {
    Floats partial[members][lanes];
    const Index count = std::min<Index>(lanes, run.count - position);
    if (count < lanes) std::memset(partial, 0, sizeof partial);
    for (Index i = 0; i < count; ++i) {
      const T* key = run.keys + (position + i) * dim;
      Floats total[members] = {};
      if constexpr (vectors > 0) {
        for (int v = 0; v < vectors; ++v) {
          const Floats k = load(key + v * lanes);
          for (int member = 0; member < members; ++member) total[member] += query[member][v] * k;
        }
      } else {
        for (Index j = 0; j < dim; j += lanes) {
          const Floats k = load(key + j, dim - j);
          for (int member = 0; member < members; ++member) total[member] += load(queries + member * padded + j) * k;
        }
      }
      for (int member = 0; member < members; ++member) partial[member][i] = total[member];
    }
    for (int member = 0; member < members; ++member)
      store(scores + member * scores_row + run.begin + position, sums(partial[member]));
  }
}

// result[member] += sum of weight · value, for `vectors` registers of columns, of which the last may be incomplete.
template <class T, int members, int vectors, bool complete>
inline void mix_columns(const Run<T>& run, Index dim, Index column, const float* weights, Index weights_row,
                        float* results, Index padded) {
  Floats total[members][vectors];
  for (int member = 0; member < members; ++member)
    for (int v = 0; v < vectors; ++v) total[member][v] = load(results + member * padded + column + v * lanes);
  const float* weight = weights + run.begin;
  const T* source = run.values + column;
  for (Index i = 0; i < run.count; ++i, source += dim) {
    Floats value[vectors];
    for (int v = 0; v < vectors; ++v)
      value[v] = complete ? load(source + v * lanes) : load(source + v * lanes, dim - column - v * lanes);
    for (int member = 0; member < members; ++member) {
      const Floats factor = broadcast(weight[member * weights_row + i]);
      for (int v = 0; v < vectors; ++v) total[member][v] += factor * value[v];
    }
  }
  for (int member = 0; member < members; ++member)
    for (int v = 0; v < vectors; ++v) store(results + member * padded + column + v * lanes, total[member][v]);
}

template <class T, int members>
inline void mix(const Run<T>& run, Index dim, const float* weights, Index weights_row, float* results, Index padded) {
  constexpr Index width = head_vectors * lanes;
  Index column = 0;
  for (; column + width <= dim; column += width)
    mix_columns<T, members, head_vectors, true>(run, dim, column, weights, weights_row, results, padded);
  for (; column < dim; column += lanes)
    mix_columns<T, members, 1, false>(run, dim, column, weights, weights_row, results, padded);
}

// Turns `count` scores (in units of log2) into weights and returns their sum; memory up to a multiple of `lanes` is used.
inline float weigh(float* scores, Index count) {
  const Index end = round_up(count, lanes);
  std::fill(scores + count, scores + end, -1e30f);
  Floats peaks = load(scores);
  for (Index i = lanes; i < end; i += lanes) peaks = maximum(peaks, load(scores + i));
  const float peak = maximum(peaks);
  Floats total = {};
  for (Index i = 0; i < end; i += lanes) {
    const Floats weight = exp2(load(scores + i) - peak);
    store(scores + i, weight);
    total += weight;
  }
  return sum(total);
}

template <class T, int members>
void attend(const Heads& heads, const Rotation& rotation, Index row, const T* query, const Run<T> (&runs)[2],
            Index length, float* memory, Index scores_row, T* out) {
  const Index padded = heads.padded;
  float* queries = memory;
  float* results = queries + members * padded;
  float* scores = results + members * padded;
  std::fill(queries, queries + 2 * members * padded, 0.0f);
  const float scale = log2_of_e / std::sqrt(static_cast<float>(heads.dim));
  for (int member = 0; member < members; ++member)
    rotate(query + member * heads.dim, rotation, row, scale, queries + member * padded);
  for (const Run<T>& run : runs) {
    if (heads.dim == head_vectors * lanes)
      score<T, members, head_vectors>(run, heads.dim, padded, queries, scores, scores_row);
    else
      score<T, members, 0>(run, heads.dim, padded, queries, scores, scores_row);
  }
  float inverse[members];
  for (int member = 0; member < members; ++member) inverse[member] = 1.0f / weigh(scores + member * scores_row, length);
  for (const Run<T>& run : runs) mix<T, members>(run, heads.dim, scores, scores_row, results, padded);
  for (int member = 0; member < members; ++member)
    for (Index j = 0; j < heads.dim; j += lanes)
      store(out + member * heads.dim + j, load(results + member * padded + j) * inverse[member], heads.dim - j);
}

}  // namespace cached

using cached::Cache;

// The inputs that say where new rows stand, four from `first` on.
struct RowTensors {
  Tensor positions, slot, parent, parent_length;

  RowTensors(const Context& context, int first)
      : positions(context.input<std::int32_t>(first, "positions")),
        slot(context.input<std::int32_t>(first + 1, "slot")),
        parent(context.input<std::int32_t>(first + 2, "parent")),
        parent_length(context.input<std::int32_t>(first + 3, "parent_length")) {}
};

// Where each new row stands, and which slot holds the beginning of its context.
struct CachedRows {
  const std::int32_t* slots;
  const std::int32_t* parents;
  const std::int32_t* parent_lengths;
};

// The tensors must outlive the result, which only points into them.
template <class T>
CachedRows read_cached_rows(const Heads& heads, const Cache<T>& cache, const RowTensors& tensors) {
  cached::read_indices(tensors.positions, heads.rows, cache.capacity);
  return {cached::read_indices(tensors.slot, heads.rows, cache.slots),
          cached::read_indices(tensors.parent, heads.rows, cache.slots),
          cached::read_indices(tensors.parent_length, heads.rows, cache.capacity + 1)};
}

// Writes the rotated key and the value of every row of qkv into the caches at its slot and position; then each row attends
// to the positions 0 … its own: out[rows, heads.query · heads.dim].
template <class T>
void cached_attention(const Heads& heads, const Rotation& rotation, const T* qkv, const CachedRows& rows,
                      const Cache<T>& cache, T* out) {
  using namespace cached;
  write_cache(heads, rotation, qkv, rows.slots, cache);

  Index longest = 0;
  [[maybe_unused]] Index visited = 0;  // only OpenMP reads it
  for (Index row = 0; row < heads.rows; ++row) {
    longest = std::max<Index>(longest, rotation.positions[row] + 1);
    visited += rotation.positions[row] + 1;
  }
  const Index scores_row = round_up(longest, lanes) + lanes;
  const Index task_floats = heads_at_once * (2 * heads.padded + scores_row);
  const Index passes = (heads.group + heads_at_once - 1) / heads_at_once;
  thread_local Scratch scratch;
  float* tasks = scratch.reserve(thread_limit() * task_floats);

#pragma omp parallel for schedule(dynamic, 1) if (visited * heads.query * heads.dim >= parallel_threshold * 16)
  for (Index i = 0; i < heads.rows * heads.key_value * passes; ++i) {
    const Index row = i / (heads.key_value * passes);
    const Index kv_head = i / passes % heads.key_value;
    const Index begin = i % passes * heads_at_once;
    const Index length = rotation.positions[row] + 1;
    const Index shared = std::min<Index>(rows.parent_lengths[row], length);
    const Run<T> runs[2] = {
        {cache.keys(rows.parents[row], kv_head, 0), cache.values(rows.parents[row], kv_head, 0), 0, shared},
        {cache.keys(rows.slots[row], kv_head, shared), cache.values(rows.slots[row], kv_head, shared), shared,
         length - shared},
    };
    const Index head = kv_head * heads.group + begin;
    const T* query = qkv + row * heads.width + head * heads.dim;
    T* target = out + (row * heads.query + head) * heads.dim;
    float* memory = tasks + thread_index() * task_floats;
    const auto run = [&](auto members) {
      attend<T, members>(heads, rotation, row, query, runs, length, memory, scores_row, target);
    };
    switch (std::min<Index>(heads_at_once, heads.group - begin)) {
      case 1: run(std::integral_constant<int, 1>{}); break;
      case 2: run(std::integral_constant<int, 2>{}); break;
      case 3: run(std::integral_constant<int, 3>{}); break;
      default: run(std::integral_constant<int, heads_at_once>{});
    }
  }
}

}  // namespace quaestor
