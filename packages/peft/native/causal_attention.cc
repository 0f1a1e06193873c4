// Causal attention over packed sequences with rotary positions and grouped heads, without the N×N matrix
// (Dao et al. 2022, "FlashAttention"; Dao 2023, "FlashAttention-2").
//
// QuaestorCausalAttention: qkv[N,(H+2·KV)·hd] T, positions[N] int32, first[N] int32, cos[P,hd/2] float,
//   sin[P,hd/2] float -> out[N,H·hd] T, lse[N,H] float
//   Row i sees rows j in [first[i], i]: s_ij = q_i·k_j / sqrt(hd) with rotated q and k, lse_i = log sum_j exp(s_ij),
//   out_i = sum_j exp(s_ij − lse_i) v_j.
#include "causal_attention.h"

#include "operations.h"

namespace quaestor {
namespace {

template <class T>
class CausalAttention {
 public:
  explicit CausalAttention(const Attributes& attributes)
      : query_heads_(attributes.integer("heads")), kv_heads_(attributes.integer("kv_heads")) {}

  void compute(Context& context) const {
    const Inputs<T> in(context, query_heads_, kv_heads_);
    const Heads& heads = in.heads;
    T* out = context.output<T>(0, {heads.rows, heads.query * heads.dim});
    float* lse = context.output<float>(1, {heads.rows, heads.query});

    const Index tile_floats = Tile::floats(heads.padded);
    thread_local Scratch scratch;
    Arena arena(scratch.reserve(2 * Arena::floats<T>(in.scratch_size()) + thread_limit() * tile_floats));
    const Operands operands = {arena.take<Unit<T>>(in.scratch_size() / depth<T>),
                               arena.take<Unit<T>>(in.scratch_size() / depth<T>)};
    float* tiles = arena.take<float>(thread_limit() * tile_floats);

    std::vector<Block> blocks = in.packing.blocks(heads.key_value);
    std::stable_sort(blocks.begin(), blocks.end(),
                     [](const Block& a, const Block& b) { return a.begin > b.begin; });  // long ones first
    const Index count = static_cast<Index>(blocks.size());

#pragma omp parallel if (in.work() >= parallel_threshold * 16)
    {
      const Tile tile(tiles + thread_index() * tile_floats, heads.padded);
#pragma omp for schedule(dynamic, 1)
      for (Index i = 0; i < count; ++i) prepare(in, blocks[i], tile.query, operands);
#pragma omp for schedule(dynamic, 1)
      for (Index i = 0; i < count; ++i)
        for (Index member = 0; member < heads.group; ++member)
          attend(in, blocks[i], blocks[i].head * heads.group + member, tile, operands, out, lse);
    }
    for (const Index row : in.packing.singles) attend_to_itself(in, row, out, lse);
  }

 private:
  // The right-hand sides of both products.
  struct Operands {
    Unit<T>* keys_transposed;  // rotated, per block [dim][row]
    Unit<T>* values;           // per block [row][dim]
  };

  // What one thread works on: a block of queries and a block of scores.
  struct Tile {
    T* query;       // [row][dim]
    T* weights;     // [row][key]
    float* result;  // [row][dim]
    float* scores;  // [row][key]
    float* peak;    // [row]
    float* total;   // [row]

    Tile(float* memory, Index padded) {
      Arena arena(memory);
      query = arena.take<T>(block_size * padded);
      weights = arena.take<T>(block_size * block_size);
      result = arena.take<float>(block_size * padded);
      scores = arena.take<float>(block_size * block_size);
      peak = arena.take<float>(block_size);
      total = arena.take<float>(block_size);
    }

    static Index floats(Index padded) {
      return Arena::floats<T>(block_size * padded) + Arena::floats<T>(block_size * block_size) +
             Arena::floats<float>(block_size * padded) + Arena::floats<float>(block_size * block_size) +
             2 * Arena::floats<float>(block_size);
    }
  };

  static void prepare(const Inputs<T>& in, const Block& block, T* row, const Operands& operands) {
    const Index padded = in.heads.padded;
    const Index offset = in.offset(block.segment, block.head, block.begin) / depth<T>;
    Unit<T>* keys = operands.keys_transposed + offset;
    Unit<T>* values = operands.values + offset;
    std::fill_n(keys, block.width * padded / depth<T>, Unit<T>{});
    std::fill_n(values, block.width * padded / depth<T>, Unit<T>{});
    for (Index i = 0; i < block.count; ++i) {
      const Index source = block.segment.begin + block.begin + i;
      in.prefetch_head(in.key(source, block.head), in.heads.width);
      in.prefetch_head(in.value(source, block.head), in.heads.width);
      rotate(in.key(source, block.head), in.rotation, source, 1.0f, row);
      put_column(row, in.heads.dim, i, block.width, keys);
      put_row(in.value(source, block.head), in.heads.dim, i, padded, values);
    }
  }

  static void attend(const Inputs<T>& in, const Block& block, Index head, const Tile& tile, const Operands& operands,
                     T* out, float* lse) {
    const Heads& heads = in.heads;
    const Index padded = heads.padded;
    T* query = tile.query;
    float* result = tile.result;
    float* scores = tile.scores;
    float* peak = tile.peak;
    float* total = tile.total;
    const auto* queries = reinterpret_cast<const Unit<T>*>(query);
    const auto* weights = reinterpret_cast<const Unit<T>*>(tile.weights);
    constexpr Index weights_row = block_size / depth<T>;

    const Index first_row = block.segment.begin + block.begin;
    std::fill_n(query, block_size * padded, T{});
    std::fill_n(result, block_size * padded, 0.0f);
    std::fill(peak, peak + block_size, hidden_score);
    std::fill(total, total + block_size, 0.0f);
    for (Index i = 0; i < block.count; ++i) {
      const T* source = in.query(first_row + i, head);
      in.prefetch_head(source, heads.width);
      rotate(source, in.rotation, first_row + i, in.scale() * log2_of_e, query + i * padded);
    }

    for (Index begin = 0; begin <= block.begin; begin += block_size) {
      const bool diagonal = begin == block.begin;
      const Index width = std::min(block_size, block.segment.padded - begin);
      const Index offset = in.offset(block.segment, block.head, begin) / depth<T>;
      for_row_strips(block.count, width, diagonal, [&](Index row, Index rows, Index columns) {
        multiply<false>(rows, columns, padded / depth<T>, {queries + row * padded / depth<T>, padded / depth<T>, 1},
                        operands.keys_transposed + offset, width, scores + row * block_size, block_size);
      });
      for (Index i = 0; i < block.count; ++i) {
        const Index columns = visible_columns(i, width, diagonal);
        hide_later_columns(scores + i * block_size, i, columns, diagonal);
        accumulate_softmax(scores + i * block_size, columns, peak[i], total[i], result + i * padded, padded,
                           tile.weights + i * block_size);
      }
      for_row_strips(block.count, width, diagonal, [&](Index row, Index rows, Index columns) {
        multiply<true>(rows, padded, columns / depth<T>, {weights + row * weights_row, weights_row, 1},
                       operands.values + offset, padded, result + row * padded, padded);
      });
    }

    for (Index i = 0; i < block.count; ++i) {
      const float inverse = 1.0f / total[i];
      T* target = out + ((first_row + i) * heads.query + head) * heads.dim;
      for (Index j = 0; j < heads.dim; j += lanes)
        store(target + j, load(result + i * padded + j) * inverse, heads.dim - j);
      lse[(first_row + i) * heads.query + head] = (peak[i] + std::log2(total[i])) * ln_of_2;
    }
  }

  // Turns scores into weights relative to the largest score so far, and rescales what was accumulated before.
  static void accumulate_softmax(const float* scores, Index columns, float& peak, float& total, float* result,
                                 Index padded, T* factors) {
    Floats largest = load(scores);
    for (Index j = lanes; j < columns; j += lanes) largest = maximum(largest, load(scores + j));
    const float bound = maximum(largest);
    if (bound > peak) {
      const float correction = std::exp2(peak - bound);
      peak = bound;
      total *= correction;
      for (Index j = 0; j < padded; j += lanes) store(result + j, load(result + j) * correction);
    }
    Floats weights = {};
    for (Index j = 0; j < columns; j += lanes) {
      const Floats weight = exp2(load(scores + j) - peak);
      store(factors + j, weight);
      weights += weight;
    }
    total += sum(weights);
  }

  static void attend_to_itself(const Inputs<T>& in, Index row, T* out, float* lse) {
    const Heads& heads = in.heads;
    for (Index head = 0; head < heads.query; ++head) {
      const Index source = head / heads.group;
      std::copy_n(in.value(row, source), heads.dim, out + (row * heads.query + head) * heads.dim);
      lse[row * heads.query + head] = in.scale() * dot(in.query(row, head), in.key(row, source), heads.dim);
    }
  }

  Index query_heads_;
  Index kv_heads_;
};

}  // namespace

void register_causal_attention() {
  register_operation("QuaestorCausalAttention", {"heads: int", "kv_heads: int"},
                     {"qkv: T", "positions: int32", "first: int32", "cos: float", "sin: float"},
                     {"out: T", "lse: float"});
  register_kernels<CausalAttention>("QuaestorCausalAttention");
}

}  // namespace quaestor
