/**
 * Next-token scores of a model elsewhere, over the completions protocol that vLLM, llama-server and
 * others speak: POST {url}/v1/completions with `prompt` as ids, `max_tokens: 1` and `logprobs: k`. Only
 * the k best tokens have scores; the others count as impossible, so proxy-tuning chooses among the k.
 */
import type { Tensor } from '@tensorflow/tfjs';
import * as z from 'zod';
import { PeftError } from '../errors.ts';
import { engine } from '../tensors/engine.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import type { OpenScorer } from './token-scorer.ts';

export interface RemoteModel {
  /** Without /v1/completions. */
  readonly url: string;
  readonly model: string;
  readonly vocabularySize: number;
  /** Needed where the server names tokens by their text; vLLM gives ids. */
  readonly tokenizer?: Tokenizer;
  /** k, default 100. Servers allow less or more: vLLM 20 unless started with --max-logprobs. */
  readonly topLogprobs?: number;
  readonly apiKey?: string;
  readonly signal?: AbortSignal;
}

/** The score of a token that the server did not list: −1e9, which no sum of logits outweighs. */
const IMPOSSIBLE = -1e9;

const reply = z.object({
  choices: z
    .array(
      z.object({
        logprobs: z.object({ top_logprobs: z.array(z.record(z.string(), z.number())).min(1) }),
      }),
    )
    .min(1),
});

/**
 * A scorer over the protocol; the server keeps its own cache, so each step sends the whole sequence.
 * @throws PeftError 'bad-file' when the server refuses or its reply has no log-probabilities
 */
export function remoteScorer(remote: RemoteModel): OpenScorer {
  const texts = new Map<string, number>();
  for (let id = 0; remote.tokenizer && id < remote.vocabularySize; id++) {
    texts.set(remote.tokenizer.decode([id]), id);
  }
  return () => {
    const sequences = new Map<number, readonly number[]>();
    const score = async (wanted: readonly (readonly number[])[]): Promise<Tensor> => {
      const { tf } = engine();
      const rows = await Promise.all(wanted.map((ids) => nextLogProbabilities(remote, ids, texts)));
      const all = new Float32Array(rows.length * remote.vocabularySize).fill(IMPOSSIBLE);
      for (const [row, known] of rows.entries()) {
        for (const [id, value] of known) all[row * remote.vocabularySize + id] = value;
      }
      return tf.tensor2d(all, [rows.length, remote.vocabularySize]);
    };
    return {
      prefill: (prompts) => {
        for (const { slot, ids } of prompts) sequences.set(slot, ids);
        return score(prompts.map(({ ids }) => ids));
      },
      step: (rows) => {
        const extended = rows.map(({ id, position, slot, parent, parentLength }) => {
          // A candidate starts from its prompt's slot and goes on in its own.
          const before = position === parentLength ? sequences.get(parent) : sequences.get(slot);
          const ids = [...(before ?? []).slice(0, position), id];
          sequences.set(slot, ids);
          return ids;
        });
        return score(extended);
      },
      dispose: () => sequences.clear(),
    };
  };
}

async function nextLogProbabilities(
  remote: RemoteModel,
  ids: readonly number[],
  texts: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<number, number>> {
  const { url, model, topLogprobs = 100, apiKey, signal } = remote;
  const response = await fetch(`${url.replace(/\/$/, '')}/v1/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
    },
    body: JSON.stringify({
      model,
      prompt: ids,
      max_tokens: 1,
      temperature: 0,
      logprobs: topLogprobs,
      return_tokens_as_token_ids: true,
    }),
    signal: signal ?? null,
  });
  if (!response.ok) {
    const text = await response.text();
    throw new PeftError('bad-file', {
      en: `${url} answered ${response.status}: ${text}`,
      zh: `${url} 返回 ${response.status}：${text}`,
    });
  }
  const parsed = reply.safeParse(await response.json());
  if (!parsed.success) {
    throw new PeftError(
      'bad-file',
      {
        en: `${url} gave no log-probabilities; proxy-tuning needs them`,
        zh: `${url} 没有给出对数概率，而 proxy-tuning 需要它们`,
      },
      { cause: parsed.error },
    );
  }
  const listed = Object.entries(parsed.data.choices[0]?.logprobs.top_logprobs[0] ?? {});
  return new Map(
    listed.flatMap(([token, value]) => {
      const named = /^token_id:(\d+)$/.exec(token)?.[1];
      const id = named === undefined ? texts.get(token) : Number(named);
      return id === undefined || id >= remote.vocabularySize ? [] : [[id, value] as const];
    }),
  );
}
