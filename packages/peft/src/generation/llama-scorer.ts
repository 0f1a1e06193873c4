/**
 * Next-token scores by llama.cpp: one sequence over a GGUF base and, where given, a GGUF LoRA. What a
 * prompt has in common with what was read before is not read again, so candidates of a prompt, and
 * questions that begin alike, share their prefix.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { PeftError } from '../errors.ts';
import { engine } from '../tensors/engine.ts';
import {
  type LlamaCppContext,
  type LlamaCppModel,
  type LlamaCppSequence,
  loadLlamaCpp,
} from './llama-cpp.ts';
import { IMPOSSIBLE, type OpenScorer } from './token-scorer.ts';

export interface LlamaScorerOptions {
  /** GGUF file of the base model. */
  readonly file: string;
  readonly vocabularySize: number;
  /** GGUF file of an adapter, see `writeGgufLora`. */
  readonly lora?: string | undefined;
  /** Default: what node-llama-cpp takes the machine for. */
  readonly threads?: number | undefined;
}

export interface LlamaScorer {
  /**
   * Scorers for one stream at a time. Only the 256 likeliest tokens have scores, the others count as
   * impossible; with `every` all have, which a filter needs and which takes longer.
   */
  open(options?: { readonly every?: boolean }): OpenScorer;
  close(): Promise<void>;
}

const LIKELIEST = 256;
/** Contexts grow by whole steps, so that a slightly longer prompt needs no new one. */
const CONTEXT_STEP = 512;

/**
 * Loads model and adapter. The engine has to be loaded, too: scores come as its tensors.
 * @throws PeftError 'engine-unavailable' without node-llama-cpp, 'bad-file' for what it cannot load
 */
export async function openLlamaScorer(options: LlamaScorerOptions): Promise<LlamaScorer> {
  const { file, lora, threads, vocabularySize } = options;
  const library = await loadLlamaCpp();
  const llama = await library.getLlama({
    build: 'never',
    progressLogs: false,
    logLevel: 'disabled',
    logger: () => {},
    ...(threads === undefined ? {} : { maxThreads: threads }),
  });
  let model: LlamaCppModel | undefined;
  let held: { context: LlamaCppContext; sequence: LlamaCppSequence; size: number } | undefined;
  const close = async (): Promise<void> => {
    await held?.context.dispose();
    await model?.dispose();
    await llama.dispose();
  };

  const sequenceOf = async (capacity: number): Promise<LlamaCppSequence> => {
    if (held !== undefined && capacity < held.size) return held.sequence;
    await held?.context.dispose();
    held = undefined;
    const size = CONTEXT_STEP * Math.ceil((capacity + 1) / CONTEXT_STEP);
    const context = await (model as LlamaCppModel).createContext({
      sequences: 1,
      contextSize: size,
      ...(threads === undefined ? {} : { threads }),
      ...(lora === undefined ? {} : { lora }),
    });
    held = { context, sequence: context.getSequence(), size };
    return held.sequence;
  };
  try {
    model = await llama.loadModel({ modelPath: file });
    await sequenceOf(1);
  } catch (cause) {
    await close();
    const [en, zh] = lora === undefined ? ['', ''] : [` with ${lora}`, ` 和 ${lora}`];
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new PeftError(
      'bad-file',
      {
        en: `llama.cpp cannot load ${file}${en}: ${message}`,
        zh: `llama.cpp 无法加载 ${file}${zh}：${message}`,
      },
      { cause },
    );
  }

  return {
    close,
    open:
      ({ every = false } = {}) =>
      (_slots, capacity) => {
        const asked = { generateNext: { logits: true, options: every ? GREEDY : TOP } };
        /** Goes on after `kept` tokens. @returns logits [rows, V] after each of the last `rows` tokens */
        const read = async (
          ids: readonly number[],
          kept: number,
          rows: number,
        ): Promise<Tensor> => {
          const sequence = await sequenceOf(capacity);
          const end = sequence.contextTokens.length;
          if (end > kept) await sequence.eraseContextTokenRanges([{ start: kept, end }]);
          const begin = ids.length - rows;
          const outputs = await sequence.controlledEvaluate(
            ids.map((id, place) => [id, place < begin ? {} : asked]),
          );
          const logits = outputs.slice(begin).map((output) => output?.next.logits);
          return toTensor(logits, rows, vocabularySize);
        };
        return {
          async prefill([prompt]) {
            const ids = prompt?.ids ?? [];
            const known = (await sequenceOf(capacity)).contextTokens;
            let kept = 0;
            while (kept < ids.length - 1 && known[kept] === ids[kept]) kept++;
            return read(ids.slice(kept), kept, 1);
          },
          step: (rows) =>
            read(
              rows.map(({ id }) => id),
              rows[0]?.position ?? 0,
              rows.length,
            ),
          dispose: () => {},
        };
      },
  };
}

/** Raw logits of all tokens, or of the likeliest. */
const GREEDY = { temperature: 0 };
const TOP = { temperature: 1, topK: LIKELIEST, topP: 1, minP: 0 };

function toTensor(
  logits: readonly (ReadonlyMap<number, number> | undefined)[],
  rows: number,
  vocabularySize: number,
): Tensor {
  const all = new Float32Array(rows * vocabularySize).fill(IMPOSSIBLE);
  for (const [row, listed] of logits.entries()) {
    for (const [id, value] of listed ?? []) all[row * vocabularySize + id] = value;
  }
  return engine().tf.tensor2d(all, [rows, vocabularySize]);
}
