/** A state folder with the database of a few funds, a tiny model, and questions to learn and to measure. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from '@quaestor/peft';
import { writeTinyModel } from '@quaestor/peft/testing';
import type { StartOptions } from '../apps/server/src/listen.ts';
import { makeFundDatabase } from './demo-server.ts';

const KNOWN = [
  ['How many funds are there?', 'SELECT count(*) FROM fund'],
  ['Which managers are there?', 'SELECT name FROM fund_manager'],
  ['How large is each fund?', 'SELECT fund_name, total_assets FROM fund'],
] as const;
const MEASURED = ['What was the net value?', 'SELECT net_value FROM fund_value'] as const;

/** Fills the folder. @returns the options of a server over it */
export function prepareTinyHome(home: string): StartOptions {
  mkdirSync(join(home, 'databases'));
  makeFundDatabase(join(home, 'databases', 'fund.sqlite'));
  symlinkSync(stateFolder('engine'), join(home, 'engine'));
  const model = join(home, 'models', 'tiny');
  writeTinyModel(model);
  const write = (file: string, pairs: readonly (readonly [string, string])[]) => {
    const items = pairs.map(([question, query]) => ({ question, db_id: 'fund', query }));
    writeFileSync(join(home, file), JSON.stringify(items));
    return join(home, file);
  };
  return {
    home,
    port: 0,
    model,
    exemplars: [write('known.json', KNOWN)],
    evaluationSets: { dev: write('dev.json', [MEASURED]) },
  };
}
