/** Where a chart goes, looked at before hours are spent on what it shows: nothing but charts is replaced. */
import { closeSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { statIfThere } from '@quaestor/peft';
import type { Terminal } from '../command.ts';
import { UsageError } from '../errors.ts';
import { isSameFile } from '../same-file.ts';

/** What an SVG file begins with, a declaration and comments before it aside. */
const SVG = /^(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE svg[^>]*>\s*)*<svg[\s>]/s;
const HEAD = 4096;

/**
 * @returns the path of `--chart`; undefined where none is wanted
 * @throws UsageError for the file of `--out`, and for what is there and is no chart
 */
export function chartPlace(
  { chart, out }: { readonly chart?: string | undefined; readonly out?: string | undefined },
  { cwd }: Pick<Terminal, 'cwd'>,
  command: string,
): string | undefined {
  if (chart === undefined) return undefined;
  const path = resolve(cwd, chart);
  if (out !== undefined && isSameFile(path, resolve(cwd, out))) {
    throw new UsageError([`--chart and --out are one file, ${path}: give two names`], command);
  }
  const there = statIfThere(path);
  if (!there || (there.isFile() && (there.size === 0 || isSvg(path)))) return path;
  const what = there.isFile() ? 'holds no SVG' : 'is no file';
  throw new UsageError([`--chart: ${path} is there and ${what}: give another name`], command);
}

function isSvg(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(HEAD);
    return SVG.test(head.toString('utf8', 0, readSync(file, head, 0, HEAD, 0)).trimStart());
  } finally {
    closeSync(file);
  }
}
