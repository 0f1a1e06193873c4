import { expect, it } from 'vitest';
import { atOnce, type InParts, withRests } from './in-parts.ts';

function* counting(met: number[]): InParts<string> {
  for (let part = 0; part < 4; part++) {
    met.push(part);
    yield (part + 1) / 4;
  }
  return 'done';
}

const stopped = { en: 'It was stopped.', zh: '已停止。' };

it('is done at once, or with rests in which a signal is heard', async () => {
  expect(atOnce(counting([]))).toBe('done');
  const shares: (number | null)[] = [];
  const onPart = (done: number | null) => shares.push(done);
  const whole = withRests(counting([]), { signal: undefined, stopped, onPart });
  expect([await whole, shares]).toEqual(['done', [0.25, 0.5, 0.75, 1]]);

  const [controller, met] = [new AbortController(), [] as number[]];
  const work = withRests(counting(met), { signal: controller.signal, stopped });
  setImmediate(() => controller.abort());
  await expect(work).rejects.toMatchObject({ code: 'aborted', message: 'It was stopped.' });
  expect(met.length).toBeLessThan(4);
});
