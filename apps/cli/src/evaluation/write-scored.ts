import { renameSync, rmSync, writeFileSync } from 'node:fs';
import type { ScoredPrediction } from '@quaestor/finsql';

/** A JSON list, one scored statement a line; the file is the old one or whole. */
export function writeScored(path: string, results: readonly ScoredPrediction[]): void {
  const partial = `${path}.${process.pid}.partial`;
  try {
    writeFileSync(partial, `[\n${results.map((item) => JSON.stringify(item)).join(',\n')}\n]\n`);
    renameSync(partial, path);
  } finally {
    rmSync(partial, { force: true });
  }
}
