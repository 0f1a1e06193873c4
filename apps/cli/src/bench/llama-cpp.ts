import type { LlamaCpp, LlamaCppSequence } from '@quaestor/peft';
import {
  type GenerationShape,
  type GenerationSpeed,
  randomPrompts,
} from './speed-of-generation.ts';

/** The same prompts and lengths as `speedOfGeneration`, on the same number of threads. */
export async function speedOfLlamaCpp(
  library: LlamaCpp,
  file: string,
  threads: number,
  streams: number,
  vocabulary: number,
  { context, tokens }: GenerationShape,
): Promise<GenerationSpeed> {
  const llama = await library.getLlama({ gpu: false, logLevel: 'error', maxThreads: threads });
  const model = await llama.loadModel({ modelPath: file });
  const prompts = randomPrompts(vocabulary, context, streams);
  const time = async (count: number): Promise<number> => {
    const opened = await model.createContext({
      sequences: streams,
      contextSize: context + tokens + 16,
      threads,
      batchSize: Math.max(512, context),
    });
    const started = performance.now();
    await Promise.all(prompts.map((prompt) => write(opened.getSequence(), prompt, count)));
    const seconds = (performance.now() - started) / 1000;
    await opened.dispose();
    return seconds;
  };
  const best = async (count: number) => Math.min(await time(count), await time(count));
  const reading = await best(1);
  const both = await best(tokens + 1);
  await model.dispose();
  await llama.dispose();
  return {
    streams,
    prefill: (streams * context) / reading,
    decode: (streams * tokens) / Math.max(both - reading, 1e-6),
  };
}

async function write(
  sequence: LlamaCppSequence,
  prompt: readonly number[],
  count: number,
): Promise<void> {
  let written = 0;
  for await (const _ of sequence.evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
    if (++written >= count) return;
  }
}
