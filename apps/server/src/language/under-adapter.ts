import { setImmediate } from 'node:timers/promises';
import { asTrained, createPeftGenerator, type Generator } from '@quaestor/finsql';
import type { HubEntry } from '@quaestor/peft';
import type { ModelPool } from './model-pool.ts';

/** Whose weights a generator writes with. */
export interface WritingAdapter {
  /** Under which name the pool knows it, and its card; null: the base alone. */
  readonly active: () => Pick<HubEntry, 'name' | 'card'> | null;
  /** What traces call the generator now. */
  readonly title: () => string;
}

/**
 * The generator with the adapter that answers, on the copy of the model that is under it. Events that
 * were written go out before the model takes the processor.
 */
export function underAdapter(pool: ModelPool, { active, title }: WritingAdapter): Generator {
  const { countTokens } = createPeftGenerator(pool.base);
  return {
    get name() {
      return title();
    },
    countTokens,
    async *generate(prompts, request) {
      await setImmediate();
      const entry = active();
      const { model, shared, release } = await pool.hold(entry?.name ?? null, request?.signal);
      try {
        const generator = createPeftGenerator(model, title(), shared);
        yield* asTrained(generator, entry?.card).generate(prompts, request);
      } finally {
        release();
      }
    },
  };
}
