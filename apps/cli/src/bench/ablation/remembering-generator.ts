/**
 * A generator that answers what it was asked before from memory: runs that differ only after
 * generation, such as those without a repair, share their drafts.
 */
import type { Completion, GenerateRequest, Generator } from '@quaestor/finsql';

/** Only greedy completions, and those of a lone prompt, do not depend on what else is in the batch. */
export function rememberingGenerator(generator: Generator): Generator {
  const known = new Map<string, Completion[]>();
  return {
    ...generator,
    async *generate(
      prompts: readonly string[],
      request: GenerateRequest = {},
    ): AsyncGenerator<Completion> {
      const { constraints, signal, ...rest } = request;
      const constrained = constraints !== undefined;
      const own = (request.temperature ?? 0) === 0 || prompts.length === 1;
      const keys = prompts.map((prompt) => JSON.stringify([prompt, rest, constrained]));
      const open: number[] = [];
      for (const [index, key] of keys.entries()) {
        const completions = own ? known.get(key) : undefined;
        if (completions === undefined) open.push(index);
        for (const completion of completions ?? []) yield { ...completion, prompt: index };
      }
      if (open.length === 0) return;
      const fresh = open.map((): Completion[] => []);
      const asked = {
        ...rest,
        ...(constraints && { constraints: open.map((index) => constraints[index]) }),
        ...(signal && { signal }),
      };
      const texts = open.map((index) => prompts[index] as string);
      for await (const completion of generator.generate(texts, asked)) {
        fresh[completion.prompt]?.push(completion);
        yield { ...completion, prompt: open[completion.prompt] as number };
      }
      if (!own || signal?.aborted) return;
      for (const [i, index] of open.entries()) known.set(keys[index] as string, fresh[i] ?? []);
    },
  };
}
