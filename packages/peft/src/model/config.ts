import * as z from 'zod';

/**
 * Shape of a Llama-family decoder, under Hugging Face's own names (`config.json`).
 * Llama, SmolLM2, Mistral (without sliding windows) and Qwen2 are this family.
 */
export const modelConfig = z.object({
  model_type: z.enum(['llama', 'mistral', 'qwen2']).default('llama'),
  hidden_size: z.int().positive().describe('width D of the residual stream'),
  intermediate_size: z.int().positive().describe('width F of the SwiGLU layer'),
  num_hidden_layers: z.int().positive().describe('number of blocks L'),
  num_attention_heads: z.int().positive().describe('query heads H'),
  num_key_value_heads: z.int().positive().describe('key/value heads KV; H must be a multiple'),
  head_dim: z.int().positive().describe('width of one head; hidden_size / H unless stated'),
  vocab_size: z.int().positive(),
  max_position_embeddings: z.int().positive().default(2048),
  rms_norm_eps: z.number().positive().default(1e-5),
  rope_theta: z.number().positive().default(10_000),
  attention_bias: z.boolean().default(false).describe('bias on q, k and v (Qwen2: true)'),
  tie_word_embeddings: z.boolean().default(false).describe('the head is the embedding, transposed'),
  bos_token_id: z.int().nullable().default(null),
  eos_token_id: z.array(z.int()).default([]).describe('every id that ends a text'),
  pad_token_id: z.int().nullable().default(null),
});

/** A validated model shape; see `modelConfig` for each field. */
export type ModelConfig = z.infer<typeof modelConfig>;
