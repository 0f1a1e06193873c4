/**
 * Proxy-tuning (Liu et al. 2024, arXiv 2401.08565; chapter eq. 4.3–4.4): a large model is steered at
 * decoding time by the difference that tuning makes to a small one,
 *   s̃ = s_base + α·(s_expert − s_antiexpert),   p = softmax(s̃ / T)
 * over the vocabulary that all three share. No weight of the base is read or changed, so it may also
 * be a model elsewhere that returns log-probabilities: they differ from logits by a constant.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { PeftError } from '../errors.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { engine } from '../tensors/engine.ts';
import { Decoder } from './decoder.ts';
import { reachOf } from './reach.ts';
import type { OpenScorer, ScorerLimits, TokenScorer } from './token-scorer.ts';

export interface ProxyModels {
  /** The model to steer, or its scorer when it runs elsewhere. */
  readonly base: LanguageModel | OpenScorer;
  /** The small model with its tuning. */
  readonly expert: LanguageModel;
  /** The same small model without it. */
  readonly antiExpert: LanguageModel;
  /** α, default 1. */
  readonly alpha?: number;
}

/**
 * A scorer for `generate`, with a cache for each model. Scores beyond the smallest of the three
 * vocabularies (padding rows) are cut off, and no text may be longer than the shortest of the three contexts.
 * @throws PeftError 'mismatch' when the models' tokenizers give different ids
 */
export function proxyScorer({ base, expert, antiExpert, alpha = 1 }: ProxyModels): OpenScorer {
  const models = [...(typeof base === 'function' ? [] : [base]), expert, antiExpert];
  expectOneTokenizer(models);
  const open = (slots: number, capacity: number): TokenScorer => {
    const own = (model: LanguageModel): TokenScorer => new Decoder(model, slots, capacity);
    const scorers = [
      typeof base === 'function' ? base(slots, capacity) : own(base),
      own(expert),
      own(antiExpert),
    ];
    const combined = async (
      score: (scorer: TokenScorer) => Tensor | Promise<Tensor>,
    ): Promise<Tensor> => {
      const logits: Tensor[] = [];
      try {
        for (const scorer of scorers) logits.push(await score(scorer));
        return steer(logits as [Tensor, Tensor, Tensor], alpha);
      } finally {
        for (const tensor of logits) tensor.dispose();
      }
    };
    return {
      prefill: (prompts) => combined((scorer) => scorer.prefill(prompts)),
      step: (rows) => combined((scorer) => scorer.step(rows)),
      dispose: () => {
        for (const scorer of scorers) scorer.dispose();
      },
    };
  };
  return Object.assign(open, smallestLimits(models, typeof base === 'function' ? base : {}));
}

/** What all of them can read. @param remote limits of a base that runs elsewhere */
function smallestLimits(
  models: readonly LanguageModel[],
  { reach = Number.POSITIVE_INFINITY, vocabularySize = Number.POSITIVE_INFINITY }: ScorerLimits,
): ScorerLimits {
  return {
    reach: Math.min(reach, ...models.map(reachOf)),
    vocabularySize: Math.min(vocabularySize, ...models.map(({ config }) => config.vocab_size)),
  };
}

/** base + α·(expert − antiExpert) over the shared columns, [rows, V]. */
function steer([base, expert, antiExpert]: [Tensor, Tensor, Tensor], alpha: number): Tensor {
  const { tf } = engine();
  const shared = Math.min(...[base, expert, antiExpert].map(({ shape }) => shape[1] as number));
  return tf.tidy(() => {
    const [s, plus, minus] = [base, expert, antiExpert].map((logits) =>
      tf.slice(logits, [0, 0], [-1, shared]),
    ) as [Tensor, Tensor, Tensor];
    return tf.add(s, tf.mul(tf.sub(plus, minus), alpha));
  });
}

/** Adding scores makes sense only where an id means the same token everywhere. */
function expectOneTokenizer(models: readonly LanguageModel[]): void {
  const probe = 'SELECT name, SUM(amount) FROM "trades" WHERE day >= 20240131; 基金净值 é';
  const ids = models.map(({ tokenizer }) => tokenizer?.encode(probe).join(' '));
  const known = ids.filter((text) => text !== undefined);
  if (new Set(known).size <= 1) return;
  throw new PeftError(
    'mismatch',
    {
      en: 'proxy-tuning adds the scores of models that share one tokenizer; these do not',
      zh: 'proxy-tuning 将共用同一分词器的模型的分数相加，而这些模型的分词器不同',
    },
    {
      problems: models.map(({ name }, i) => {
        const start = ids[i]?.slice(0, 40);
        return {
          en: `${name}: ${start ?? 'no tokenizer'} …`,
          zh: `${name}：${start ?? '没有分词器'} …`,
        };
      }),
    },
  );
}
