// The registration functions, one per file of operations.
#pragma once

namespace quaestor {

void register_add_rms_norm();
void register_swiglu();
void register_causal_attention();
void register_causal_attention_grad();
void register_cached_attention();
void register_decode();
void register_linear();
void register_byte_linear();
void register_low_rank();
void register_low_rank_factors();
void register_low_rank_merge();
void register_adamw();
void register_gradients();

}  // namespace quaestor
