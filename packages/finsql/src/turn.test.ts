import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createTrace } from './trace.ts';

it('stages of many answers come one in each turn of the event loop, in their order', async () => {
  let turn = 0;
  let counting = true;
  const counted = (async () => {
    for (; counting; turn++) await setImmediate();
  })();
  const seen: { readonly answer: number; readonly turn: number }[] = [];
  const answers = Array.from({ length: 8 }, async (_, answer) => {
    const trace = createTrace();
    for (const name of ['explain', 'explain'] as const) {
      await trace.run(
        name,
        () => seen.push({ answer, turn }),
        () => ({ sentences: 0 }),
      );
    }
  });
  await Promise.all(answers);
  counting = false;
  await counted;
  expect(seen.map(({ answer }) => answer)).toEqual([...Array(8).keys(), ...Array(8).keys()]);
  expect(new Set(seen.map(({ turn }) => turn)).size).toBe(16);
});
