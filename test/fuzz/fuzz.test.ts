/** A few cases of every target; `test/fuzz/run.ts` tries many, each in a process of its own. */
import { seededRandom } from '@quaestor/peft';
import { expect, it } from 'vitest';
import { FUZZ_TARGETS, seedOf } from './targets.ts';

const CASES = 60;

it.each(FUZZ_TARGETS.map((target) => [target.name, target] as const))(
  '%s is refused or read, whatever it is',
  async (_name, target) => {
    const opened = await target.open();
    let tried = 0;
    try {
      for (; tried < CASES; tried++) await opened.tryOne(seededRandom(seedOf(2, tried)));
    } finally {
      await opened.close();
    }
    expect(tried).toBe(CASES);
  },
);
