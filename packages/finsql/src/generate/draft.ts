/** Asks a generator for the SQL of one prompt. */
import type { Completion, Generator } from './generator.ts';

export interface DraftRequest {
  readonly n: number;
  readonly temperature: number;
  readonly maxTokens: number;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
}

/** The completions of a prompt, likeliest first. A completion is one line. */
export async function draft(
  generator: Generator,
  prompt: string,
  { signal, ...request }: DraftRequest,
): Promise<Completion[]> {
  const completions: Completion[] = [];
  const stop = { stop: ['\n'], ...(signal === undefined ? {} : { signal }) };
  for await (const completion of generator.generate([prompt], { ...request, ...stop })) {
    completions.push(completion);
  }
  signal?.throwIfAborted();
  return completions.sort((a, b) => b.logProbability - a.logProbability);
}
