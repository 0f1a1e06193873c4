import type { Stage } from '@quaestor/finsql';
import { expect, it } from 'vitest';
import { stepAfter } from './steps.ts';

const stage = (name: Stage['name'], detail: object = {}): Stage =>
  ({ name, milliseconds: 1, detail }) as unknown as Stage;
const known = { question: 'Which funds are there?', sql: 'select name from fund', similarity: 1 };

it('begins with reading the database', () => {
  expect(stepAfter([])).toBe('introspect');
});

it('writes a second draft where known questions were found, and looks at the first where none were', () => {
  const after = (exemplars: readonly object[]) =>
    stepAfter([stage('retrieve', { exemplars }), stage('prompt'), stage('generate')]);
  expect(after([known])).toBe('redraft');
  expect(after([])).toBe('guard');
});

it('mends what did not run, then writes again', () => {
  const failed = stage('execute', { error: 'no such column: x' });
  expect(stepAfter([stage('guard'), failed])).toBe('calibrate');
  expect(stepAfter([stage('guard'), failed, stage('calibrate'), failed])).toBe('repair');
  expect(stepAfter([stage('guard'), stage('execute')])).toBe('explain');
});
