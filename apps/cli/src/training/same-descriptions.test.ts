import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Description, TextToSqlSet } from '@quaestor/finsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectSameDescriptions } from './same-descriptions.ts';

const grade: Description = { table: 'item', column: 'q2', text: 'hazard grade' };
const schema = { name: 'shop', tables: [] };
const setOf = (descriptions: readonly Description[]): TextToSqlSet => ({
  items: [],
  databases: new Map([['shop', { schema, instances: [], descriptions }]]),
});

let folder: string;
let run: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-run-'));
  run = join(folder, 'a1');
});
afterEach(() => rmSync(folder, { recursive: true }));

function keepStep(): void {
  mkdirSync(run, { recursive: true });
  writeFileSync(join(run, 'checkpoint-20.safetensors'), '');
}

describe('a run that goes on', () => {
  it('does so under the same descriptions, in any order', () => {
    const name: Description = { table: 'item', column: null, text: 'goods' };
    expectSameDescriptions(run, [setOf([grade, name])], 'a');
    keepStep();
    expectSameDescriptions(run, [setOf([name, { ...grade, table: 'ITEM' }])], 'a');
  });

  it.each([
    ['changed', [grade], [{ ...grade, text: 'colour' }]],
    ['taken away', [grade], []],
    ['added', [], [grade]],
  ])('is refused when they were %s', (_what, before, now) => {
    expectSameDescriptions(run, [setOf(before)], 'a');
    keepStep();
    expect(() => expectSameDescriptions(run, [setOf(now)], 'a')).toThrow(
      'The unfinished run of a was begun with other descriptions of shop',
    );
    expect(() => expectSameDescriptions(run, [setOf(now)], 'a')).toThrow('--restart');
  });

  it('tells which of several sets', () => {
    expectSameDescriptions(run, [setOf([]), setOf([grade])], 'a');
    keepStep();
    expect(() => expectSameDescriptions(run, [setOf([]), setOf([])], 'a')).toThrow('shop (set 2)');
  });

  it('is not held to what it began with before anything was kept', () => {
    expectSameDescriptions(run, [setOf([grade])], 'a');
    expectSameDescriptions(run, [setOf([])], 'a');
    keepStep();
    expectSameDescriptions(run, [setOf([])], 'a');
  });

  it('of an earlier version goes on, and is noted from now on', () => {
    keepStep();
    expectSameDescriptions(run, [setOf([grade])], 'a');
    expect(existsSync(join(run, 'descriptions.json'))).toBe(true);
    expect(() => expectSameDescriptions(run, [setOf([])], 'a')).toThrow('other descriptions');
  });
});
