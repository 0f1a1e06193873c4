// A decoding pass of a whole Llama as one operation: for few rows, running an operation costs as much as what it does.
//
// QuaestorDecode: x[M,D] float, positions[M], slot[M], parent[M], parent_length[M] int32, wanted[K] int32 or empty,
//   cos[P,hd/2] float, sin[P,hd/2] float, final_norm[D] float, and of each of N layers
//   input_norm[D] float, qkv[(H+2·KV)·hd,D] W, output[D,H·hd] W, post_norm[D] float, gate_up[2F,D] W, down[D,F] W,
//   W int32: packed in bytes, with words for columns,
//   key_cache[S,KV,C,hd] T, value_cache[S,KV,C,hd] T
//   -> hidden[K or M,D] T, after the final norm; the last layer computes the wanted rows alone
//
// The equations are those of the operations that it takes the place of, and so is every bit. It writes into the caches.
#include "cached_attention.h"
#include "operations.h"
#include "product.h"
#include "rms_norm.h"
#include "swiglu.h"

namespace quaestor {
namespace {

// Room for `count` elements behind what was taken before, in one piece of memory.
class Room {
 public:
  explicit Room(Index floats) : next_(scratch().reserve(floats)) {}

  template <class E>
  static Index floats(Index count) {
    return round_up(count * static_cast<Index>(sizeof(E)), 64) / static_cast<Index>(sizeof(float));
  }

  template <class E>
  E* take(Index count) {
    auto* taken = reinterpret_cast<E*>(next_);
    next_ += floats<E>(count);
    return taken;
  }

 private:
  static Scratch& scratch() {
    thread_local Scratch memory;
    return memory;
  }
  float* next_;
};

// Columns of a matrix that is kept as W.
template <class W>
Index kept_columns(Index k) {
  if constexpr (std::is_same_v<W, bytes::PackedWord>) return bytes::words_of_row(k);
  return k;
}

template <class E>
void gather_rows(const E* source, Index width, const std::int32_t* rows, Index count, E* target) {
  for (Index i = 0; i < count; ++i) std::copy_n(source + rows[i] * width, width, target + i * width);
}

template <class T, class W>
struct Layer {
  const float* input_norm;
  const W* qkv;
  const W* output;
  const float* post_norm;
  const W* gate_up;
  const W* down;
  Cache<T> cache;
};

template <class T>
class Decode {
 public:
  explicit Decode(const Attributes& attributes)
      : layers_(attributes.integer("N")),
        query_heads_(attributes.integer("heads")),
        kv_heads_(attributes.integer("kv_heads")),
        epsilon_(attributes.real("epsilon")) {}

  void compute(Context& context) const {
    if constexpr (std::is_same_v<T, float>) {
      const TF_DataType kept = context.type(first_layer_input + layers_);
      if (kept == TF_BFLOAT16) return run<bfloat16>(context);
#ifdef QUAESTOR_BYTES
      if (kept == TF_INT32) return run<bytes::PackedWord>(context);
#endif
    }
    run<T>(context);
  }

 private:
  static constexpr int first_layer_input = 9;

  template <class W>
  void run(Context& context) const {
    const Tensor x = context.input<float>(0, "x");
    const RowTensors row_tensors(context, 1);
    const Tensor wanted = context.input<std::int32_t>(5, "wanted");
    const Tensor cos = context.input<float>(6, "cos");
    const Tensor sin = context.input<float>(7, "sin");
    const Tensor final_norm = context.input<float>(8, "final_norm");
    const auto list = [&](int place) { return first_layer_input + place * layers_; };
    const std::vector<Tensor> input_norms = context.inputs<float>(list(0), layers_, "input_norm");
    const std::vector<Tensor> qkvs = context.inputs<W>(list(1), layers_, "qkv");
    const std::vector<Tensor> outputs = context.inputs<W>(list(2), layers_, "output");
    const std::vector<Tensor> post_norms = context.inputs<float>(list(3), layers_, "post_norm");
    const std::vector<Tensor> gate_ups = context.inputs<W>(list(4), layers_, "gate_up");
    const std::vector<Tensor> downs = context.inputs<W>(list(5), layers_, "down");
    const std::vector<Tensor> keys = context.inputs<T>(list(6), layers_, "key_cache");
    const std::vector<Tensor> values = context.inputs<T>(list(7), layers_, "value_cache");
    require(layers_ > 0, "N must be at least 1, got ", layers_);

    const Index rows = x.expect_rank(2).size(0);
    const Index width = x.size(1);
    final_norm.expect({width});
    const Heads heads = heads_of(rows, qkvs[0].expect_rank(2).size(0), query_heads_, kv_heads_);
    const Index attended = heads.query * heads.dim;
    const Index inner = gate_ups[0].expect_rank(2).size(0) / 2;
    const Rotation rotation = read_rotation(heads, row_tensors.positions, cos, sin);
    const bool narrows = wanted.elements() > 0;
    const Index last_rows = narrows ? wanted.size(0) : rows;
    const std::int32_t* last = cached::read_indices(wanted, narrows ? last_rows : 0, rows);
    T* hidden = context.output<T>(0, {last_rows, width});

    std::vector<Layer<T, W>> layers;
    CachedRows places{};
    for (int i = 0; i < layers_; ++i) {
      input_norms[i].expect({width});
      qkvs[i].expect({heads.width, kept_columns<W>(width)});
      outputs[i].expect({width, kept_columns<W>(attended)});
      post_norms[i].expect({width});
      gate_ups[i].expect({2 * inner, kept_columns<W>(width)});
      downs[i].expect({width, kept_columns<W>(inner)});
      const Cache<T> cache(keys[i], values[i], heads);
      places = read_cached_rows(heads, cache, row_tensors);
      layers.push_back({input_norms[i].data<float>(), qkvs[i].data<W>(), outputs[i].data<W>(),
                        post_norms[i].data<float>(), gate_ups[i].data<W>(), downs[i].data<W>(), cache});
    }

    const Index most = std::max(rows, last_rows);
    Room room(2 * Room::floats<float>(most * width) + 2 * Room::floats<T>(most * width) +
              Room::floats<T>(rows * heads.width) + 2 * Room::floats<T>(most * attended) +
              Room::floats<T>(most * 2 * inner) + Room::floats<T>(most * inner) + Room::floats<float>(most));
    float* stream = room.take<float>(most * width);
    float* narrow_stream = room.take<float>(most * width);
    T* normed = room.take<T>(most * width);
    T* delta = room.take<T>(most * width);
    T* qkv = room.take<T>(rows * heads.width);
    T* attention = room.take<T>(most * attended);
    T* narrow_attention = room.take<T>(most * attended);
    T* gate_up = room.take<T>(most * 2 * inner);
    T* act = room.take<T>(most * inner);
    float* rstd = room.take<float>(most);

    std::copy_n(x.data<float>(), rows * width, stream);
    Index m = rows;
    for (int i = 0; i < layers_; ++i) {
      const Layer<T, W>& layer = layers[i];
      add_rms_norm<T>(m, width, stream, i == 0 ? nullptr : delta, layer.input_norm, epsilon_, stream, normed, rstd);
      product(m, width, heads.width, normed, layer.qkv, qkv);
      cached_attention(heads, rotation, qkv, places, layer.cache, attention);
      if (i == layers_ - 1 && narrows) {
        gather_rows(stream, width, last, last_rows, narrow_stream);
        gather_rows(attention, attended, last, last_rows, narrow_attention);
        std::swap(stream, narrow_stream);
        std::swap(attention, narrow_attention);
        m = last_rows;
      }
      product(m, attended, width, attention, layer.output, delta);
      add_rms_norm<T>(m, width, stream, delta, layer.post_norm, epsilon_, stream, normed, rstd);
      product(m, width, 2 * inner, normed, layer.gate_up, gate_up);
      swiglu(m, inner, gate_up, act);
      product(m, inner, width, act, layer.down, delta);
    }
    add_rms_norm<T>(m, width, stream, delta, final_norm.data<float>(), epsilon_, stream, hidden, rstd);
  }

  int layers_;
  Index query_heads_;
  Index kv_heads_;
  float epsilon_;
};

}  // namespace

void register_decode() {
  register_operation("QuaestorDecode",
                     {"W: {float, bfloat16, int32}", "N: int", "heads: int", "kv_heads: int", "epsilon: float"},
                     {"x: float", "positions: int32", "slot: int32", "parent: int32", "parent_length: int32",
                      "wanted: int32", "cos: float", "sin: float", "final_norm: float", "input_norm: N * float",
                      "qkv: N * W", "output: N * W", "post_norm: N * float", "gate_up: N * W", "down: N * W",
                      "key_cache: N * T", "value_cache: N * T"},
                     {"hidden: T"}, true);
  register_kernels<Decode>("QuaestorDecode");
}

}  // namespace quaestor
