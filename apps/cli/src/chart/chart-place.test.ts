import { linkSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { chartPlace } from './chart-place.ts';

const cwd = mkdtempSync(join(tmpdir(), 'quaestor-chart-'));
afterAll(() => rmSync(cwd, { recursive: true }));

const place = (chart: string | undefined, out?: string) =>
  chartPlace({ chart, out }, { cwd }, 'bench methods');

describe('a chart', () => {
  it.each([
    ['new.svg', null],
    ['empty.svg', ''],
    ['chart.svg', '<svg xmlns="http://www.w3.org/2000/svg"></svg>'],
    ['declared.svg', '\ufeff<?xml version="1.0"?>\n<!-- by hand -->\n<svg>\n</svg>'],
  ])('may be %s', (name, text) => {
    if (text !== null) writeFileSync(join(cwd, name), text);
    expect(place(name, 'out.json')).toBe(join(cwd, name));
  });

  it.each([
    ['page.html', '<!DOCTYPE html><svg></svg>'],
    ['rows.csv', 'a,b\n<svg>,1\n'],
    ['short', 'x'],
  ])('does not replace %s', (name, text) => {
    writeFileSync(join(cwd, name), text);
    expect(() => place(name)).toThrow(/is there and holds no SVG: give another name$/);
  });

  it('is not the file of the figures, by whatever name', () => {
    writeFileSync(join(cwd, 'figures.json'), '');
    linkSync(join(cwd, 'figures.json'), join(cwd, 'linked.svg'));
    for (const chart of ['./figures.json', 'linked.svg']) {
      expect(() => place(chart, 'figures.json')).toThrow(/--chart and --out are one file/);
    }
    expect(() => place('x.json', './x.json')).toThrow(/give two names$/);
    expect(() => place('.')).toThrow(/is no file/);
    expect(place(undefined, 'figures.json')).toBeUndefined();
  });
});
