import { setImmediate } from 'node:timers/promises';
import { asTrained, type Generator } from '@quaestor/finsql';
import type { HubEntry } from '@quaestor/peft';
import type { AdapterSwitch } from './adapter-switch.ts';

/** Whose weights a generator writes with. */
export interface WritingAdapter {
  readonly adapters: AdapterSwitch;
  /** Under which name `adapters` knows it, and its card; null: the base alone. */
  readonly active: () => Pick<HubEntry, 'name' | 'card'> | null;
  /** What traces call the generator now. */
  readonly title: () => string;
}

/**
 * The generator with the adapter that answers, whichever the model was last used with. Events that
 * were written go out before the model takes the processor.
 */
export function underAdapter(
  generator: Generator,
  { adapters, active, title }: WritingAdapter,
): Generator {
  return {
    ...generator,
    get name() {
      return title();
    },
    async *generate(prompts, request) {
      await setImmediate();
      const entry = active();
      const held = await adapters.hold(entry?.name ?? null, request?.signal);
      try {
        yield* asTrained(generator, entry?.card).generate(prompts, request);
      } finally {
        held.release();
      }
    },
  };
}
