/**
 * Where a run writes, looked at before it begins: over no file that it reads, no two things into one, and
 * over nothing of another kind than what it writes, unless that is wanted.
 */
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { statIfThere } from '@quaestor/peft';
import { isModelCard, openCsv, replacedBySaving } from '@quaestor/tabllm';
import { UsageError } from '../errors.ts';
import { collisions, type FlagPath, lostDatabases } from '../expect-output.ts';
import { realPath } from '../same-file.ts';
import { arePredictions } from './prediction-sink.ts';

export interface OutputPlaces {
  /** Files that are read, each by the flag that names it; not all need be there. */
  readonly reads: readonly FlagPath[];
  readonly out: string | undefined;
  readonly card: string | undefined;
  /** Folder of the model. */
  readonly save: string | undefined;
  /** What the model will predict. */
  readonly target: string | undefined;
  /** Whether files and models of another kind may be replaced. */
  readonly overwrite: boolean;
}

/** @throws UsageError naming whatever would be lost, and what to do */
export async function checkOutputs(places: OutputPlaces): Promise<void> {
  const { reads, out, card, save } = places;
  const writes = Object.entries({ out, card, save }).flatMap(([flag, path]) =>
    path === undefined ? [] : [{ flag: `--${flag}`, path }],
  );
  const problems = [...collisions(reads, writes), ...inSaved(writes, save)];
  // What is one file with another needs no second complaint.
  if (problems.length === 0) problems.push(...lostDatabases(writes));
  if (problems.length === 0) problems.push(...(await losses(places)));
  if (problems.length > 0) throw new UsageError(problems, 'classify');
}

/** What would be replaced with the folder of the model. */
function inSaved(writes: readonly FlagPath[], save: string | undefined): string[] {
  if (save === undefined) return [];
  return writes
    .filter(({ path }) => lies(path, save))
    .map(({ flag }) => `${flag} lies in the folder of --save, ${save}: give a place outside of it`);
}

async function losses(places: OutputPlaces): Promise<string[]> {
  const { out, card, save, target, overwrite } = places;
  const problems: string[] = [];
  const refuse = (flag: string, path: string, what: string) => {
    const kind = statIfThere(path);
    if (!kind || (kind.isFile() && (overwrite || kind.size === 0))) return;
    const way = kind.isFile() ? ', or --overwrite to replace it' : '';
    const found = kind.isFile() ? `holds no ${what}` : 'is no file';
    problems.push(`${flag}: ${path} is there and ${found}: give another name${way}`);
  };
  if (out !== undefined) {
    const folder = dirname(out);
    if (!existsSync(folder)) {
      problems.push(`--out: there is no folder ${folder}: create it, or give another place`);
    } else if (!(await holdsPredictions(out))) refuse('--out', out, 'predictions');
  }
  if (card !== undefined && !holdsCard(card)) refuse('--card', card, 'model card');
  const there = save === undefined ? null : replacedBySaving(save);
  if (there?.kind === 'other') {
    problems.push(
      `--save: ${save} is there and holds other things than a model: give another name`,
    );
  }
  if (there?.kind === 'model' && there.target !== target && !overwrite) {
    problems.push(
      `--save: the model ${save} predicts ${there.target}: give another name, or --overwrite to replace it`,
    );
  }
  return problems;
}

async function holdsPredictions(path: string): Promise<boolean> {
  if (!isFile(path)) return false;
  try {
    const table = await openCsv(path, { delimiter: ',', encoding: 'utf-8' });
    await table.close();
    return arePredictions(table.columns);
  } catch {
    return false; // no table at all
  }
}

/** What a card is recognised by stands at its beginning. */
const HEAD = 4096;

function holdsCard(path: string): boolean {
  if (!isFile(path)) return false;
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(HEAD);
    return isModelCard(head.toString('utf8', 0, readSync(file, head, 0, HEAD, 0)));
  } finally {
    closeSync(file);
  }
}

function isFile(path: string): boolean {
  return statIfThere(path)?.isFile() ?? false;
}

function lies(path: string, folder: string): boolean {
  return realPath(path).startsWith(`${realPath(folder)}${sep}`);
}
