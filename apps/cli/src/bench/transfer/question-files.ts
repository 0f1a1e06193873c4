/** The question files of a transfer experiment, drawn from the whole sets. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TextToSqlItem } from '@quaestor/finsql';
import { replaceFile, seededRandom } from '@quaestor/peft';
import { InputError } from '../../errors.ts';
import { readQuestions } from '../../read-exemplars.ts';
import type { TransferConfig, TransferFiles } from './plan.ts';

/**
 * Writes them. Larger shots contain smaller ones, so that rows differ by what was added alone.
 *
 * @param read the path of a file of the experiment
 * @throws InputError when a database has no questions, or fewer than are asked for
 */
export function writeQuestionFiles(
  config: TransferConfig,
  folder: string,
  read: (path: string) => string,
): TransferFiles {
  const items = (path: string) => readQuestions(read(path));
  const training = items(config.questions);
  const draw = (database: string, from: readonly TextToSqlItem[]) =>
    seededRandom(config.seed).shuffle(from.filter(({ db }) => db === database));
  const most = Math.max(...config.shots);
  const pools = [config.target, ...config.sources].map((database) => ({
    database,
    drawn: draw(database, training),
    needed: database === config.target ? most : 1,
  }));
  const scored = items(config.dev).filter(({ db }) => db === config.target);
  const problems = [
    ...pools
      .filter(({ drawn, needed }) => drawn.length < needed)
      .map(({ database, drawn, needed }) => `${database}: ${drawn.length} of ${needed}`),
    ...(scored.length === 0 ? [`${config.target}: 0 of 1 to score`] : []),
  ];
  if (problems.length > 0) throw new InputError(`Too few questions: ${problems.join('; ')}.`);

  mkdirSync(folder, { recursive: true });
  const write = (name: string, list: readonly TextToSqlItem[]): string => {
    const path = join(folder, `${name}.json`);
    const rows = list.map(({ question, db, sql }) => ({ question, db_id: db, query: sql }));
    replaceFile(path, Buffer.from(`${JSON.stringify(rows, null, 1)}\n`));
    return path;
  };
  const sources = new Map<string, string>();
  const shots = new Map<number, string>();
  for (const { database, drawn } of pools) {
    if (database === config.target) {
      for (const k of config.shots) shots.set(k, write(`shots-${k}`, drawn.slice(0, k)));
    } else {
      sources.set(database, write(`source-${database}`, drawn.slice(0, config.source_examples)));
    }
  }
  return {
    source: (database) => sources.get(database) as string,
    shots: (k) => shots.get(k) as string,
    dev: write('dev', scored.slice(0, config.scored)),
  };
}
