import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readAttemptEnd, readWorkerLog } from './worker-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-log-'));
const log = join(folder, 'log');
afterAll(() => rmSync(folder, { recursive: true }));

it('what a process says names no folder of the server', () => {
  const said = {
    type: 'error',
    code: 'bad-file',
    message: '/srv/state/adapters/mine/adapter_config.json is not JSON',
    chinese: '/srv/state/adapters/mine/adapter_config.json 不是 JSON。',
  };
  writeFileSync(log, `reading /app/data/a and /srv/other/b\n${JSON.stringify(said)}\n`);
  const hidden = ['/srv/state', '/app/'];
  const { records } = readWorkerLog(log, 0, hidden);
  const file = 'adapters/mine/adapter_config.json';
  expect(records).toEqual([
    { type: 'log', text: 'reading data/a and /srv/other/b' },
    { ...said, message: `${file} is not JSON`, chinese: `${file} 不是 JSON。` },
  ]);
  expect(readAttemptEnd(log, hidden).error.message).toBe(`${file} is not JSON`);
});

it('tells why a program failed, not where in its code', () => {
  const stack = (message: string) => `${message}\n    at work (file:///app/a.ts:1:2)\n    at end`;
  const said = { type: 'log', text: { en: stack('Error: no'), zh: stack('错误') } };
  writeFileSync(log, `TypeError: x\n    at begin (a.ts:1:2)\n${JSON.stringify(said)}\n`);
  expect(readAttemptEnd(log, []).error).toEqual({
    code: 'failed',
    message: 'TypeError: x\nError: no',
    chinese: '任务失败：TypeError: x\n错误',
  });
});

it.each([
  [{ type: 'progress', text: 'storing rows', fraction: 0.5 }, false],
  [{ type: 'step', step: 2, totalSteps: 4 }, false],
  [{ type: 'checkpoint', step: 2 }, true],
  [{ type: 'kept' }, true],
])('what it was told of %o says whether work was kept', (record, kept) => {
  writeFileSync(log, `${JSON.stringify(record)}\n`);
  expect(readAttemptEnd(log, []).keptWork).toBe(kept);
});
