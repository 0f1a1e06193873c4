/**
 * One model written with by many callers: a request joins the batch that is running at its next pass,
 * and is written beside what others asked for; one that comes alone waits for nobody. Texts are those
 * that `generate` gives. Whoever needs more room than the batch has waits until it is done, and those
 * that come later behind it.
 */
import type { LanguageModel } from '../model/language-model.ts';
import { Batch } from './batch.ts';
import type { Generated } from './completion.ts';
import { Decoder } from './decoder.ts';
import type { GenerateOptions } from './generate-options.ts';
import { slotsFor } from './slot-table.ts';
import { Writing } from './writing.ts';

export interface SharedGenerationOptions {
  /** Completions decoded side by side, for all callers together. Default 16. */
  readonly streams?: number;
  /** Tokens of prompts and completions held at once, which bounds memory. Default 16,384. */
  readonly cacheTokens?: number;
}

export interface SharedGeneration {
  /**
   * As `generate` of the module beside, for one caller of several. The weights of the model must stay
   * as they are while anything is written.
   */
  generate(
    prompts: readonly (readonly number[])[],
    options?: Omit<GenerateOptions, 'streams' | 'scorer'>,
  ): AsyncGenerator<Generated>;
}

/** Room of a slot is a multiple of this, and at least twice it, so that most who come later fit in. */
const CAPACITY_STEP = 256;

/** @param model a model in the engine */
export function shareGeneration(
  model: LanguageModel,
  { streams = 16, cacheTokens = 16_384 }: SharedGenerationOptions = {},
): SharedGeneration {
  let arriving: Writing[] = [];
  let running = false;

  const sizeFor = ({ n, length }: Writing) => {
    const capacity = CAPACITY_STEP * Math.max(2, Math.ceil(length / CAPACITY_STEP));
    const slots = Math.min(streams, Math.floor(cacheTokens / capacity));
    return { capacity, slots: Math.max(slots, slotsFor(n)) };
  };

  /** Forgets those who left before they were let in. */
  const sweep = (): void => {
    for (const writing of arriving) if (writing.givenUp) writing.end();
    arriving = arriving.filter(({ over }) => !over);
  };

  /** Writes what the first one asks for, and whatever comes meanwhile and has room beside it. */
  const writeBatch = async (first: Writing): Promise<void> => {
    const { capacity, slots } = sizeFor(first);
    const batch = new Batch(model, new Decoder(model, slots, capacity), slots, slots);
    try {
      do {
        for (let next = arriving[0]; next !== undefined; next = arriving[0]) {
          if (next.length > capacity || slotsFor(next.n) > slots) break;
          arriving.shift();
          batch.add(next);
        }
        await batch.step();
        // Lets other requests and abort signals in.
        if (batch.busy) await new Promise((resolve) => setImmediate(resolve));
        sweep();
      } while (batch.busy);
    } catch (error) {
      batch.fail(error);
    } finally {
      batch.dispose();
    }
  };

  const run = async (): Promise<void> => {
    running = true;
    for (let next = arriving[0]; next !== undefined; next = arriving[0]) {
      try {
        await writeBatch(next);
      } catch (error) {
        // There is no memory for its cache.
        next.fail(error);
        sweep();
      }
    }
    running = false;
  };

  return {
    async *generate(prompts, options = {}) {
      const writing = new Writing(model, prompts, options);
      if (writing.over) return;
      arriving.push(writing);
      if (!running) void run();
      try {
        while (!writing.over) {
          await writing.change();
          yield* writing.take();
        }
      } finally {
        writing.cancel();
        if (arriving.includes(writing)) sweep();
        await writing.ended;
      }
    },
  };
}
