// Entry point: loading this library as a Node addon registers its operations with the TensorFlow that is already in
// the process. Operations are run by name through TensorFlow; the addon exports `tiles`, whether products of few bfloat16
// rows run in tile registers, and `bytes`, whether there are products of bytes.
#include <node_api.h>

#include <exception>
#include <mutex>

#include "byte_product.h"
#include "operations.h"
#include "tile_product.h"

namespace {

std::once_flag registered;

void register_all() {
  quaestor::register_add_rms_norm();
  quaestor::register_swiglu();
  quaestor::register_causal_attention();
  quaestor::register_causal_attention_grad();
  quaestor::register_cached_attention();
  quaestor::register_decode();
  quaestor::register_linear();
  quaestor::register_byte_linear();
  quaestor::register_low_rank();
  quaestor::register_low_rank_factors();
  quaestor::register_low_rank_merge();
  quaestor::register_adamw();
  quaestor::register_gradients();
}

}  // namespace

NAPI_MODULE_INIT() {
  try {
    std::call_once(registered, register_all);
  } catch (const std::exception& error) {
    napi_throw_error(env, "QUAESTOR_KERNELS", error.what());
    return exports;
  }
  const auto tell = [&](const char* name, bool has) {
    napi_value value;
    if (napi_get_boolean(env, has, &value) == napi_ok) napi_set_named_property(env, exports, name, value);
  };
  tell("tiles", quaestor::have_tiles());
  tell("bytes", quaestor::have_bytes);
  return exports;
}
