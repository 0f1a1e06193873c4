/**
 * Next-token scores of a model elsewhere, over the completions protocol that vLLM, llama-server and
 * others speak: POST {url}/v1/completions with `prompt` as ids, `max_tokens: 1` and `logprobs: k`. Only
 * the k best tokens have scores; the others count as impossible, so proxy-tuning chooses among the k.
 */
import type { Tensor } from '@tensorflow/tfjs';
import * as z from 'zod';
import { PeftError } from '../errors.ts';
import { reasonOf } from '../reason.ts';
import { engine } from '../tensors/engine.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import { IMPOSSIBLE, type OpenScorer } from './token-scorer.ts';

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
 * @throws PeftError 'download-failed' when the server cannot be reached, 'aborted', 'bad-file' when it
 *   refuses or its reply has no log-probabilities
 */
export function remoteScorer(remote: RemoteModel): OpenScorer {
  const texts = remote.tokenizer
    ? idsByText(remote.tokenizer, remote.vocabularySize)
    : new Map<string, number>();
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

/** Parts of a character, which are no text of their own, all look the same and are left out. */
function idsByText(tokenizer: Tokenizer, vocabularySize: number): Map<string, number> {
  const texts = new Map<string, number>();
  for (let id = 0; id < vocabularySize; id++) {
    const text = tokenizer.decode([id]);
    if (!text.includes('\ufffd')) texts.set(text, id);
  }
  return texts;
}

async function nextLogProbabilities(
  remote: RemoteModel,
  ids: readonly number[],
  texts: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<number, number>> {
  const { url, model, topLogprobs = 100 } = remote;
  const response = await post(remote, {
    model,
    prompt: ids,
    max_tokens: 1,
    temperature: 0,
    logprobs: topLogprobs,
    return_tokens_as_token_ids: true,
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

async function post({ url, apiKey, signal }: RemoteModel, body: object): Promise<Response> {
  try {
    return await fetch(`${url.replace(/\/$/, '')}/v1/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (cause) {
    if (signal?.aborted) {
      const stopped = { en: `asking ${url} was stopped`, zh: `已停止向 ${url} 提问` };
      throw new PeftError('aborted', stopped, { cause });
    }
    // fetch itself only says that it failed; why is its cause's.
    const why = reasonOf(cause instanceof Error ? (cause.cause ?? cause) : cause);
    throw new PeftError(
      'download-failed',
      { en: `${url} could not be reached: ${why.en}`, zh: `无法连接 ${url}：${why.zh}` },
      { cause },
    );
  }
}
