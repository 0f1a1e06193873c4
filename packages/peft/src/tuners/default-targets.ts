/** Which modules a method takes where none are named, by model type, as HF-PEFT has them. */
type Targets = Readonly<Record<string, readonly string[]>>;

export const LORA_TARGETS: Targets = {
  llama: ['q_proj', 'v_proj'],
  mistral: ['q_proj', 'v_proj'],
  qwen2: ['q_proj', 'v_proj'],
  bloom: ['query_key_value'],
  t5: ['q', 'v'],
};

/** The last one is scaled at its input. */
export const IA3_TARGETS: Targets = {
  llama: ['k_proj', 'v_proj', 'down_proj'],
  mistral: ['k_proj', 'v_proj', 'down_proj'],
  qwen2: ['q_proj', 'v_proj', 'down_proj'],
  bloom: ['query_key_value', 'dense_4h_to_h'],
  t5: ['k', 'v', 'wo'],
};

/** Model types of which not every norm is trained. */
export const NORM_TARGETS: Targets = {
  qwen2: ['post_attention_layernorm'],
};
