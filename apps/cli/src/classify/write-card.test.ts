import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fitTable } from '@quaestor/tabllm';
import { expect, it } from 'vitest';
import type { Terminal } from '../command.ts';
import { Progress } from '../progress.ts';
import { modelFigures } from './write-card.ts';

const columns = Array.from({ length: 12 }, (_, j) => `c${j}`);
const rows = Array.from({ length: 40 }, (_, i) => columns.map((_, j) => `${(i * (j + 3)) % 17}`));
const labels = rows.map(([first]) => (Number(first) > 8 ? 'yes' : 'no'));

it('tells of its progress, and hears a signal between two columns', async () => {
  const learned = await fitTable({ columns, target: 'kind', rows, labels, trees: 5 });
  const stderr = new PassThrough();
  const terminal = { stderr, env: { QUAESTOR_PROGRESS: 'json' } } as unknown as Terminal;
  const controller = new AbortController();
  const work = modelFigures(learned, new Progress(terminal), controller.signal);
  setImmediate(() => controller.abort());
  await expect(work).rejects.toMatchObject({
    code: 'aborted',
    message: 'The figures of the model were stopped: neither model nor card is written',
  });
  stderr.end();
  expect(JSON.parse((await text(stderr)).split('\n')[0] as string)).toEqual({
    type: 'progress',
    text: { en: 'what the model leans on', zh: '正在分析模型依据哪些列' },
    fraction: 1 / 12,
  });
});
