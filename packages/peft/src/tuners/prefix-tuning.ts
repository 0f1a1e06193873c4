/**
 * Prefix-tuning (Li & Liang 2021, arXiv 2101.00190): m trained keys and values stand before those of
 * the sequence in every layer.
 *   attention over [P_k; K], [P_v; V]        P[m, L·2·w], w = KV heads · d, per layer [P_k | P_v]
 * With `prefix_projection` P comes out of an MLP while training, P = W₂·tanh(W₁·E + b₁) + b₂ with
 * E[m, w]; the MLP is dropped afterwards and P stays. Prefix keys carry no rotation, and the
 * sequence's own positions are counted on from m, both as in HF-PEFT.
 */
import * as z from 'zod';
import { described } from '../described.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { engine } from '../tensors/engine.ts';
import { equalParts } from '../tensors/equal-parts.ts';
import type { Random } from '../tensors/random.ts';
import { applyDense, denseLayer, namedDense, torchDenseLayer } from './dense-layer.ts';
import { EncodedTable, type TableEncoder } from './encoded-table.ts';
import { normal, randomVariable } from './random-variable.ts';
import { type Adapter, defineTuner } from './tuner.ts';
import { fitVirtualTokens, rowsOfSequences, virtualTokenFields } from './virtual-tokens.ts';

/** Prefix-tuning's fields, under Hugging Face PEFT's names and with its defaults. */
export const prefixTuningConfig = z.object({
  peft_type: z.literal('PREFIX_TUNING').default('PREFIX_TUNING'),
  ...virtualTokenFields,
  prefix_projection: z.boolean().default(false).apply(described, {
    en: 'train the prefix through an MLP, which steadies it',
    zh: '通过 MLP 训练前缀，使训练更稳定',
  }),
  encoder_hidden_size: z.int().positive().nullable().default(null).apply(described, {
    en: 'hidden width h of the MLP; default: the model’s width',
    zh: 'MLP 的隐藏宽度 h；默认：模型的宽度',
  }),
  init_weights: z.literal(['zero', null]).default(null).apply(described, {
    en: 'zero: keys and values start at zero; null: drawn',
    zh: 'zero：键和值从零开始；null：随机初始化',
  }),
});

/** A validated prefix-tuning configuration. */
export type PrefixTuningConfig = z.infer<typeof prefixTuningConfig>;

defineTuner<PrefixTuningConfig>({
  name: 'prefix-tuning',
  peftType: 'PREFIX_TUNING',
  family: 'model',
  paper: 'Li & Liang 2021, arXiv 2101.00190',
  parameterCount: {
    en: 'm·2Lw; with the MLP m·w + h·(w + 1) + 2Lw·(h + 1) while training',
    zh: 'm·2Lw；使用 MLP 时，训练中为 m·w + h·(w + 1) + 2Lw·(h + 1)',
  },
  startsAtBase: false,
  learningRate: 5e-3,
  defaults: { prefix_projection: true },
  config: prefixTuningConfig,
  attach: attachPrefixTuning,
});

/** Puts the keys and values before the sequences. @throws PeftError 'mismatch' | 'bad-config' */
function attachPrefixTuning(
  model: LanguageModel,
  given: PrefixTuningConfig,
  random: Random,
): Adapter {
  const { num_hidden_layers: layers, num_key_value_heads: heads, head_dim } = model.config;
  const width = heads * head_dim;
  const config = fitVirtualTokens(model, given, {
    token_dim: width,
    num_layers: layers,
    num_attention_heads: heads,
  });
  const length = config.num_virtual_tokens;
  const hidden = config.encoder_hidden_size ?? model.config.hidden_size;
  const size = layers * 2 * width;
  const zero = config.init_weights === 'zero';
  const table = new EncodedTable(
    [length, size],
    config.prefix_projection
      ? prefixEncoder([length, width, hidden, size], zero, random)
      : randomVariable([length, size], zero ? () => 0 : normal(random, 1)),
  );
  model.virtualRows = {
    kind: 'keys-values',
    length,
    keysValues: (tags) => {
      const rows = rowsOfSequences(table.rows(), length, new Int32Array(tags.length));
      return equalParts(rows, layers, 1);
    },
  };
  return {
    config: { ...config, encoder_hidden_size: hidden },
    get training() {
      return table.training;
    },
    set training(value) {
      table.training = value;
    },
    parameters: () => table.parameters(),
    state: () => table.state(),
    load: (state) => table.load(state),
    detach: () => {
      model.virtualRows = null;
      table.dispose();
    },
  };
}

function prefixEncoder(
  [length, width, hidden, size]: readonly [number, number, number, number],
  zero: boolean,
  random: Random,
): TableEncoder {
  const embedding = randomVariable([length, width], normal(random, 1));
  const first = torchDenseLayer(width, hidden, random);
  const second = zero ? denseLayer(hidden, size, () => 0) : torchDenseLayer(hidden, size, random);
  return {
    variables: [
      { name: 'prompt_encoder.embedding.weight', variable: embedding },
      ...namedDense('prompt_encoder.transform.0', first),
      ...namedDense('prompt_encoder.transform.2', second),
    ],
    encode: () => {
      const middle = engine().tf.tanh(applyDense(embedding, first, 'float32'));
      return applyDense(middle, second, 'float32');
    },
  };
}
