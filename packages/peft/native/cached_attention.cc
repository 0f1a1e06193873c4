// Attention of new rows over cached keys and values, for decoding, checking drafted tokens and chunked prefill.
//
// QuaestorCachedAttention: qkv[N,(H+2·KV)·hd] T, positions[N] int32, slot[N] int32, parent[N] int32,
//   parent_length[N] int32, cos[P,hd/2] float, sin[P,hd/2] float, key_cache[S,KV,C,hd] T, value_cache[S,KV,C,hd] T
//   -> out[N,H·hd] T
//   First writes the rotated key and the value of every row into the caches at [slot, :, position]; then each row
//   attends to the positions 0 … its own, of slot `parent` below `parent_length` and of its own slot from there on.
// QuaestorStoreCache: qkv, positions, slot, cos, sin, key_cache, value_cache -> done[0] int32; only writes.
//
// Both write into their inputs: no other tensor may share the memory of the caches.
#include "cached_attention.h"
#include "operations.h"

namespace quaestor {
namespace {

template <class T>
class CachedAttention {
 public:
  explicit CachedAttention(const Attributes& attributes)
      : query_heads_(attributes.integer("heads")), kv_heads_(attributes.integer("kv_heads")) {}

  void compute(Context& context) const {
    const Tensor qkv = context.input<T>(0, "qkv");
    const RowTensors row_tensors(context, 1);
    const Tensor cos = context.input<float>(5, "cos");
    const Tensor sin = context.input<float>(6, "sin");
    const Tensor keys = context.input<T>(7, "key_cache");
    const Tensor values = context.input<T>(8, "value_cache");
    const Heads heads = read_heads(qkv, query_heads_, kv_heads_);
    const Rotation rotation = read_rotation(heads, row_tensors.positions, cos, sin);
    const Cache<T> cache(keys, values, heads);
    const CachedRows rows = read_cached_rows(heads, cache, row_tensors);
    T* out = context.output<T>(0, {heads.rows, heads.query * heads.dim});
    cached_attention(heads, rotation, qkv.data<T>(), rows, cache, out);
  }

 private:
  Index query_heads_;
  Index kv_heads_;
};

template <class T>
class StoreCache {
 public:
  explicit StoreCache(const Attributes& attributes)
      : query_heads_(attributes.integer("heads")), kv_heads_(attributes.integer("kv_heads")) {}

  void compute(Context& context) const {
    const Tensor qkv = context.input<T>(0, "qkv");
    const Tensor positions = context.input<std::int32_t>(1, "positions");
    const Tensor slot = context.input<std::int32_t>(2, "slot");
    const Tensor cos = context.input<float>(3, "cos");
    const Tensor sin = context.input<float>(4, "sin");
    const Heads heads = read_heads(qkv, query_heads_, kv_heads_);
    const Rotation rotation = read_rotation(heads, positions, cos, sin);
    const Tensor keys = context.input<T>(5, "key_cache");
    const Tensor values = context.input<T>(6, "value_cache");
    const Cache<T> cache(keys, values, heads);
    cached::read_indices(positions, heads.rows, cache.capacity);
    const std::int32_t* slots = cached::read_indices(slot, heads.rows, cache.slots);
    context.output<std::int32_t>(0, {0});
    cached::write_cache(heads, rotation, qkv.data<T>(), slots, cache);
  }

 private:
  Index query_heads_;
  Index kv_heads_;
};

}  // namespace

void register_cached_attention() {
  register_operation("QuaestorCachedAttention", {"heads: int", "kv_heads: int"},
                     {"qkv: T", "positions: int32", "slot: int32", "parent: int32", "parent_length: int32",
                      "cos: float", "sin: float", "key_cache: T", "value_cache: T"},
                     {"out: T"}, true);
  register_kernels<CachedAttention>("QuaestorCachedAttention");
  register_operation("QuaestorStoreCache", {"heads: int", "kv_heads: int"},
                     {"qkv: T", "positions: int32", "slot: int32", "cos: float", "sin: float", "key_cache: T",
                      "value_cache: T"},
                     {"done: int32"}, true);
  register_kernels<StoreCache>("QuaestorStoreCache");
}

}  // namespace quaestor
