/**
 * P-tuning (Liu et al. 2021, arXiv 2103.10385): m soft tokens before the sequence, made by a small
 * encoder of trained embeddings so that they depend on one another.
 *   MLP:  P = W₃·relu(W₂·relu(W₁·E + b₁) + b₂) + b₃        E[m, D], hidden width h
 *   LSTM: P = W₂·relu(W₁·BiLSTM(E) + b₁) + b₂              [forward | backward] of width 2h
 * As in HF-PEFT only P is saved and the encoder is dropped; loading P trains P itself.
 */
import * as z from 'zod';
import { described } from '../described.ts';
import type { LanguageModel } from '../model/language-model.ts';
import type { Random } from '../tensors/random.ts';
import { EncodedTable } from './encoded-table.ts';
import { lstmEncoder, mlpEncoder } from './p-tuning-encoder.ts';
import { StepDropout } from './step-dropout.ts';
import { type Adapter, defineTuner } from './tuner.ts';
import { fitVirtualTokens, rowsOfSequences, virtualTokenFields } from './virtual-tokens.ts';

/** P-tuning's fields, under Hugging Face PEFT's names and with its defaults. */
export const pTuningConfig = z.object({
  peft_type: z.literal('P_TUNING').default('P_TUNING'),
  ...virtualTokenFields,
  encoder_reparameterization_type: z.enum(['MLP', 'LSTM']).default('MLP'),
  encoder_hidden_size: z.int().positive().nullable().default(null).apply(described, {
    en: 'hidden width h of the encoder; default: the model’s width',
    zh: '编码器的隐藏宽度 h；默认：模型的宽度',
  }),
  encoder_num_layers: z
    .int()
    .positive()
    .default(2)
    .apply(described, { en: 'layers of the LSTM', zh: 'LSTM 的层数' }),
  encoder_dropout: z.number().min(0).max(0.99).default(0).apply(described, {
    en: 'dropout between the LSTM’s layers, while training',
    zh: '训练时 LSTM 各层之间的丢弃率',
  }),
});

/** A validated P-tuning configuration. */
export type PTuningConfig = z.infer<typeof pTuningConfig>;

defineTuner<PTuningConfig>({
  name: 'p-tuning',
  peftType: 'P_TUNING',
  family: 'input',
  paper: 'Liu et al. 2021, arXiv 2103.10385',
  parameterCount: {
    en: 'MLP: m·D + 2hD + h² + 2h + D while training, m·D saved',
    zh: 'MLP：训练时 m·D + 2hD + h² + 2h + D，保存 m·D',
  },
  startsAtBase: false,
  learningRate: 1e-3,
  config: pTuningConfig,
  attach: attachPTuning,
});

/** Puts the soft tokens before the sequences. @throws PeftError 'mismatch' | 'bad-config' */
function attachPTuning(model: LanguageModel, given: PTuningConfig, random: Random): Adapter {
  const { hidden_size: width, num_hidden_layers, num_attention_heads } = model.config;
  const config = fitVirtualTokens(model, given, {
    token_dim: width,
    num_layers: num_hidden_layers,
    num_attention_heads,
  });
  const length = config.num_virtual_tokens;
  const hidden = config.encoder_hidden_size ?? width;
  const dropout = new StepDropout(config.encoder_dropout, random.integer(2 ** 31));
  const encoder =
    config.encoder_reparameterization_type === 'MLP'
      ? mlpEncoder(length, width, hidden, random)
      : lstmEncoder(length, width, hidden, config.encoder_num_layers, dropout, random);
  const table = new EncodedTable([length, width], encoder);
  model.virtualRows = {
    kind: 'embeddings',
    length,
    embeddings: (tags) => rowsOfSequences(table.rows(), length, new Int32Array(tags.length)),
  };
  return {
    config: { ...config, encoder_hidden_size: hidden },
    get training() {
      return table.training;
    },
    set training(value) {
      table.training = value;
      dropout.training = value;
    },
    parameters: () => table.parameters(),
    state: () => table.state(),
    load: (state) => table.load(state),
    begin: () => dropout.startStep(0),
    onStep: ({ step }) => dropout.startStep(step),
    progress: {
      state: () => new Map([dropout.progress()]),
      load: (state) => dropout.startStep(StepDropout.finishedSteps(state)),
    },
    detach: () => {
      model.virtualRows = null;
      table.dispose();
    },
  };
}
