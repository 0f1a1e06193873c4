import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { toProblem } from '../http-error.ts';
import { withinDeadline } from './within-deadline.ts';

const endless = (signal: AbortSignal) => setTimeout(60_000, 'late', { signal });

it('stops what takes too long, and speaks of the answer, not of a query', async () => {
  const never = new AbortController().signal;
  const error: unknown = await withinDeadline(0.01, never, endless).catch((thrown) => thrown);
  expect(toProblem(error, 'id')).toMatchObject({
    status: 504,
    code: 'timeout',
    detail:
      'There was no answer after 0.01 seconds. Try again later, or ask for something simpler.',
  });
  expect(toProblem(error, 'id', 'zh').detail).toBe(
    '0.01 秒内没有得到回答，已停止。请稍后再试，或换一个更简单的问题。',
  );
});

it('takes seconds that are no whole milliseconds', async () => {
  const never = new AbortController().signal;
  expect(await withinDeadline(16.1, never, async () => 'done')).toBe('done');
});

it('leaves what was cancelled before as it is', async () => {
  const cancelled = AbortSignal.abort(new DOMException('Gone.', 'AbortError'));
  await expect(withinDeadline(60, cancelled, endless)).rejects.toMatchObject({
    name: 'AbortError',
  });
});

it('leaves what was cancelled while it stopped as it is, too', async () => {
  const client = new AbortController();
  const slow = async (signal: AbortSignal) => {
    await endless(signal).catch(() => client.abort());
    client.signal.throwIfAborted();
  };
  await expect(withinDeadline(0.01, client.signal, slow)).rejects.toMatchObject({
    name: 'AbortError',
  });
});
