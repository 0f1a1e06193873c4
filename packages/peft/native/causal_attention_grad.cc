// The gradient of causal attention, which computes the weights anew from lse (Dao 2023, "FlashAttention-2").
//
// QuaestorCausalAttentionGrad: qkv, positions, first, cos, sin as in QuaestorCausalAttention, then its results out and
//   lse, then dout[N,H·hd] T -> dqkv[N,(H+2·KV)·hd] T
//   p_ij = exp(s_ij − lse_i), dv_j = sum_i p_ij dout_i, ds_ij = p_ij (dout_i·v_j − dout_i·out_i),
//   dq_i = sum_j ds_ij k_j / sqrt(hd), dk_j = sum_i ds_ij q_i / sqrt(hd), both rotated back.
#include "causal_attention.h"

#include "operations.h"

namespace quaestor {
namespace {

// The part of the gradient that one thread computes: query heads [head, head + members) of one key head.
struct GradTask {
  Segment segment;
  Index kv_head;
  Index head;
  Index members;
  Index part;  // which copy of the key and value gradients it fills
};

template <class T>
class CausalAttentionGrad {
 public:
  explicit CausalAttentionGrad(const Attributes& attributes)
      : query_heads_(attributes.integer("heads")), kv_heads_(attributes.integer("kv_heads")) {}

  void compute(Context& context) const {
    const Inputs<T> in(context, query_heads_, kv_heads_);
    const Heads& heads = in.heads;
    const Tensor out = context.input<T>(5, "out");
    const Tensor lse = context.input<float>(6, "lse");
    const Tensor dout = context.input<T>(7, "dout");
    out.expect({heads.rows, heads.query * heads.dim});
    lse.expect({heads.rows, heads.query});
    dout.expect({heads.rows, heads.query * heads.dim});
    T* dqkv = context.output<T>(0, {heads.rows, heads.width});

    const std::vector<GradTask> tasks = plan(in);
    const Index parts = tasks.empty() ? 0 : heads.group / tasks.front().members;
    const Index size = in.scratch_size();
    const Index tile_floats = Tile::floats(heads.padded);
    thread_local Scratch scratch;
    Arena arena(scratch.reserve(3 * Arena::floats<T>(size) + 2 * Arena::floats<float>(parts * size) +
                                thread_limit() * tile_floats));
    Work work;
    work.out = out.data<T>();
    work.lse = lse.data<float>();
    work.dout = dout.data<T>();
    work.dqkv = dqkv;
    work.keys = arena.take<Unit<T>>(size / depth<T>);
    work.keys_transposed = arena.take<Unit<T>>(size / depth<T>);
    work.values_transposed = arena.take<Unit<T>>(size / depth<T>);
    work.dkeys = arena.take<float>(parts * size);
    work.dvalues = arena.take<float>(parts * size);
    float* tiles = arena.take<float>(thread_limit() * tile_floats);

    const std::vector<Block> blocks = in.packing.blocks(heads.key_value);
    const Index block_count = static_cast<Index>(blocks.size());
    const Index task_count = static_cast<Index>(tasks.size());

#pragma omp parallel if (in.work() >= parallel_threshold * 16)
    {
      const Tile tile(tiles + thread_index() * tile_floats, heads.padded);
#pragma omp for schedule(dynamic, 1)
      for (Index i = 0; i < block_count; ++i) prepare(in, blocks[i], work, tile.query);
#pragma omp for schedule(dynamic, 1)
      for (Index i = 0; i < task_count; ++i) run(in, tasks[i], work, tile);
#pragma omp for schedule(static)
      for (Index i = 0; i < block_count; ++i) finish(in, blocks[i], work, parts, tile.dquery);
    }
    for (const Index row : in.packing.singles) pass_to_itself(in, row, work);
  }

 private:
  struct Work {
    const T* out;
    const float* lse;
    const T* dout;
    T* dqkv;
    Unit<T>* keys;               // rotated keys, per block [row][dim]
    Unit<T>* keys_transposed;    // and [dim][row]
    Unit<T>* values_transposed;  // per block [dim][row]
    float* dkeys;                // [part] × [row][dim]
    float* dvalues;
  };

  // What one thread works on: a block of queries against a block of keys. Each factor of a product stands in the order
  // in which the product reads it: by rows of elements on the left, by rows of units where rows are summed over.
  struct Tile {
    T* query;             // [row][dim]
    T* dresult;           // [row][dim]
    Unit<T>* query_rows;  // the same two [row][dim], in rows of units
    Unit<T>* dresult_rows;
    T* dscores;           // [row][key]
    Unit<T>* weight_rows;  // [row][key], in rows of units
    Unit<T>* dscore_rows;
    float* dquery;   // [row][dim]
    float* scores;   // [row][key]
    float* dweights;  // [row][key]

    Tile(float* memory, Index padded) {
      Arena arena(memory);
      const Index vectors = block_size * padded;
      const Index pairs = block_size * block_size;
      query = arena.take<T>(vectors);
      dresult = arena.take<T>(vectors);
      query_rows = arena.take<Unit<T>>(vectors / depth<T>);
      dresult_rows = arena.take<Unit<T>>(vectors / depth<T>);
      dscores = arena.take<T>(pairs);
      weight_rows = arena.take<Unit<T>>(pairs / depth<T>);
      dscore_rows = arena.take<Unit<T>>(pairs / depth<T>);
      dquery = arena.take<float>(vectors);
      scores = arena.take<float>(pairs);
      dweights = arena.take<float>(pairs);
    }

    static Index floats(Index padded) {
      const Index vectors = block_size * padded;
      const Index pairs = block_size * block_size;
      return 4 * Arena::floats<T>(vectors) + 3 * Arena::floats<T>(pairs) + Arena::floats<float>(vectors) +
             2 * Arena::floats<float>(pairs);
    }
  };

  // One task per segment and key head keeps the sums in place; when that leaves threads idle (few long segments), one
  // per query head, with separate sums that `finish` adds in a fixed order.
  static std::vector<GradTask> plan(const Inputs<T>& in) {
    Index largest = 0;
    Index all = 0;
    for (const Segment& segment : in.packing.segments) {
      const Index cost = segment.length * segment.length;
      largest = std::max(largest, cost);
      all += cost * in.heads.key_value;
    }
    const bool split = largest * thread_limit() * 3 > all && thread_limit() > 1;
    const Index members = split ? 1 : in.heads.group;
    std::vector<GradTask> tasks;
    for (const Segment& segment : in.packing.segments)
      for (Index head = 0; head < in.heads.query; head += members)
        tasks.push_back({segment, head / in.heads.group, head, members, head % in.heads.group / members});
    std::stable_sort(tasks.begin(), tasks.end(), [](const GradTask& a, const GradTask& b) {
      return a.segment.length > b.segment.length;
    });
    return tasks;
  }

  static void prepare(const Inputs<T>& in, const Block& block, const Work& work, T* row) {
    const Index padded = in.heads.padded;
    const Index offset = in.offset(block.segment, block.head, block.begin) / depth<T>;
    for (Unit<T>* array : {work.keys, work.keys_transposed, work.values_transposed})
      std::fill_n(array + offset, block.width * padded / depth<T>, Unit<T>{});
    for (Index i = 0; i < block.count; ++i) {
      const Index source = block.segment.begin + block.begin + i;
      in.prefetch_head(in.key(source, block.head), in.heads.width);
      in.prefetch_head(in.value(source, block.head), in.heads.width);
      rotate(in.key(source, block.head), in.rotation, source, 1.0f, row);
      put_row(row, in.heads.dim, i, padded, work.keys + offset);
      put_column(row, in.heads.dim, i, block.width, work.keys_transposed + offset);
      put_column(in.value(source, block.head), in.heads.dim, i, block.width, work.values_transposed + offset);
    }
  }

  static void run(const Inputs<T>& in, const GradTask& task, const Work& work, const Tile& tile) {
    const Index offset = task.part * in.scratch_size() + in.offset(task.segment, task.kv_head, 0);
    float* dkeys = work.dkeys + offset;
    float* dvalues = work.dvalues + offset;
    std::fill(dkeys, dkeys + task.segment.padded * in.heads.padded, 0.0f);
    std::fill(dvalues, dvalues + task.segment.padded * in.heads.padded, 0.0f);
    for (Index head = task.head; head < task.head + task.members; ++head)
      for (Index begin = 0; begin < task.segment.length; begin += block_size)
        run_queries(in, task, head, begin, work, dkeys, dvalues, tile);
  }

  static void run_queries(const Inputs<T>& in, const GradTask& task, Index head, Index query_begin, const Work& work,
                          float* dkeys, float* dvalues, const Tile& tile) {
    const Heads& heads = in.heads;
    const Index padded = heads.padded;
    constexpr Index score_units = block_size / depth<T>;
    const Index vector_units = padded / depth<T>;
    const auto* queries = reinterpret_cast<const Unit<T>*>(tile.query);
    const auto* dresults = reinterpret_cast<const Unit<T>*>(tile.dresult);
    const auto* dscores = reinterpret_cast<const Unit<T>*>(tile.dscores);
    float lse[block_size];
    float delta[block_size];

    const Segment& segment = task.segment;
    const Index count = std::min(block_size, segment.length - query_begin);
    const Index first_row = segment.begin + query_begin;
    for (T* array : {tile.query, tile.dresult}) std::fill_n(array, block_size * padded, T{});
    for (Unit<T>* array : {tile.query_rows, tile.dresult_rows})
      std::fill_n(array, block_size * vector_units, Unit<T>{});
    std::fill_n(tile.dquery, block_size * padded, 0.0f);
    for (Index i = 0; i < count; ++i) {
      const Index row = first_row + i;
      const Index place = row * heads.query + head;
      const T* source = in.query(row, head);
      const T* out = work.out + place * heads.dim;
      const T* dout = work.dout + place * heads.dim;
      in.prefetch_head(source, heads.width);
      in.prefetch_head(out, heads.query * heads.dim);
      in.prefetch_head(dout, heads.query * heads.dim);
      rotate(source, in.rotation, row, in.scale() * log2_of_e, tile.query + i * padded);
      std::copy_n(dout, heads.dim, tile.dresult + i * padded);
      put_row(tile.query + i * padded, heads.dim, i, padded, tile.query_rows);
      put_row(dout, heads.dim, i, padded, tile.dresult_rows);
      delta[i] = dot(dout, out, heads.dim);
      lse[i] = work.lse[place] * log2_of_e;
    }
    // Rows that fill up the last unit weigh nothing.
    const Index filled = round_up(count, depth<T>);

    for (Index begin = 0; begin <= query_begin; begin += block_size) {
      const bool diagonal = begin == query_begin;
      const Index width = std::min(block_size, segment.padded - begin);
      const Index offset = in.offset(segment, task.kv_head, begin) / depth<T>;
      for_row_strips(count, width, diagonal, [&](Index row, Index rows, Index columns) {
        multiply<false>(rows, columns, vector_units, {queries + row * vector_units, vector_units, 1},
                        work.keys_transposed + offset, width, tile.scores + row * block_size, block_size);
      });
      for_row_strips(count, width, diagonal, [&](Index row, Index rows, Index columns) {
        multiply<false>(rows, columns, vector_units, {dresults + row * vector_units, vector_units, 1},
                        work.values_transposed + offset, width, tile.dweights + row * block_size, block_size);
      });
      for (Index i = 0; i < filled; i += depth<T>) weigh(tile, i, count, width, diagonal, lse, delta);
      for_column_strips(count, width, diagonal, [&](Index column, Index columns, Index row) {
        multiply<true>(columns, padded, (filled - row) / depth<T>,
                       {tile.weight_rows + row * score_units + column, 1, block_size},
                       tile.dresult_rows + row * vector_units, padded, dvalues + (begin + column) * padded, padded);
      });
      for_column_strips(count, width, diagonal, [&](Index column, Index columns, Index row) {
        multiply<true>(columns, padded, (filled - row) / depth<T>,
                       {tile.dscore_rows + row * score_units + column, 1, block_size},
                       tile.query_rows + row * vector_units, padded, dkeys + (begin + column) * padded, padded);
      });
      for_row_strips(count, width, diagonal, [&](Index row, Index rows, Index columns) {
        multiply<true>(rows, padded, columns / depth<T>, {dscores + row * score_units, score_units, 1},
                       work.keys + offset, padded, tile.dquery + row * padded, padded);
      });
    }

    for (Index i = 0; i < count; ++i)
      rotate_back(tile.dquery + i * padded, in.rotation, first_row + i, in.scale(),
                  work.dqkv + (first_row + i) * heads.width + head * heads.dim);
  }

  // p and ds of the rows of one unit, in every order in which they are read.
  static void weigh(const Tile& tile, Index first, Index count, Index width, bool diagonal, const float* lse,
                    const float* delta) {
    const Index columns = visible_columns(first, width, diagonal);
    for (Index row = first; row < std::min(count, first + depth<T>); ++row)
      hide_later_columns(tile.scores + row * block_size, row, columns, diagonal);
    for (Index j = 0; j < columns; j += lanes) {
      Floats weights[depth<T>] = {};
      Floats dscores[depth<T>] = {};
      for (Index d = 0; d < depth<T> && first + d < count; ++d) {
        const Index row = first + d;
        weights[d] = exp2(load(tile.scores + row * block_size + j) - lse[row]);
        dscores[d] = weights[d] * (load(tile.dweights + row * block_size + j) - delta[row]);
        store(tile.dscores + row * block_size + j, dscores[d]);
      }
      const Index place = first / depth<T> * block_size + j;
      write_units(weights, tile.weight_rows + place);
      write_units(dscores, tile.dscore_rows + place);
    }
  }

  // Adds the parts of the key and value gradients and writes them; `ln_of_2` undoes the log2 in the queries.
  static void finish(const Inputs<T>& in, const Block& block, const Work& work, Index parts, float* total) {
    const Heads& heads = in.heads;
    for (Index i = 0; i < block.count; ++i) {
      const Index row = block.segment.begin + block.begin + i;
      const Index offset = in.offset(block.segment, block.head, block.begin + i);
      T* dkey = work.dqkv + row * heads.width + (heads.query + block.head) * heads.dim;
      T* dvalue = dkey + heads.key_value * heads.dim;
      add_parts(work.dkeys + offset, parts, in.scratch_size(), heads.padded, total);
      rotate_back(total, in.rotation, row, ln_of_2, dkey);
      add_parts(work.dvalues + offset, parts, in.scratch_size(), heads.padded, total);
      for (Index j = 0; j < heads.dim; j += lanes) store(dvalue + j, load(total + j), heads.dim - j);
    }
  }

  static void add_parts(const float* source, Index parts, Index stride, Index count, float* total) {
    for (Index j = 0; j < count; j += lanes) {
      Floats value = load(source + j);
      for (Index part = 1; part < parts; ++part) value += load(source + part * stride + j);
      store(total + j, value);
    }
  }

  // A row that sees only itself has weight 1 whatever its query and key are.
  static void pass_to_itself(const Inputs<T>& in, Index row, const Work& work) {
    const Heads& heads = in.heads;
    T* target = work.dqkv + row * heads.width;
    std::fill_n(target, (heads.query + heads.key_value) * heads.dim, T{});
    target += (heads.query + heads.key_value) * heads.dim;
    const T* dout = work.dout + row * heads.query * heads.dim;
    for (Index head = 0; head < heads.key_value; ++head, dout += heads.group * heads.dim)
      for (Index j = 0; j < heads.dim; j += lanes) {
        Floats total = {};
        for (Index member = 0; member < heads.group; ++member)
          total += load(dout + member * heads.dim + j, heads.dim - j);
        store(target + head * heads.dim + j, total, heads.dim - j);
      }
  }

  Index query_heads_;
  Index kv_heads_;
};

}  // namespace

void register_causal_attention_grad() {
  register_operation("QuaestorCausalAttentionGrad", {"heads: int", "kv_heads: int"},
                     {"qkv: T", "positions: int32", "first: int32", "cos: float", "sin: float", "out: T", "lse: float",
                      "dout: T"},
                     {"dqkv: T"});
  register_kernels<CausalAttentionGrad>("QuaestorCausalAttentionGrad");
}

}  // namespace quaestor
