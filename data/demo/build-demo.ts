/**
 * The demo database: an invented capital market with funds, companies, bonds and macro series, 2019–2024.
 * One seed gives one content. Names and dictionary values are equal for every seed, figures are not, so
 * that databases of several seeds can tell a right query from one that is right by accident.
 */
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { Database } from '@quaestor/finsql/sqlite';
import { writeBonds } from './bonds.ts';
import { writeCompanies } from './companies.ts';
import { tableNames } from './content-digest.ts';
import { writeFundPerformance } from './fund-performance.ts';
import { writeFunds } from './funds.ts';
import { writeIndices } from './indices.ts';
import { writeMacro } from './macro.ts';
import { writeStockPrices } from './market.ts';
import { writeOwnership } from './ownership.ts';
import { writeReference } from './reference.ts';
import { writeResearch } from './research.ts';
import { writeStatements } from './statements.ts';

export interface DemoOptions {
  /** Seed of all figures. Default 1. */
  readonly seed?: number;
  /** Told the part that comes next, and the share of the work done before it, from 0 to 1. */
  readonly onProgress?: (part: string, done: number) => void;
}

export interface DemoSummary {
  readonly path: string;
  readonly seed: number;
  readonly tables: number;
  readonly rows: number;
  readonly bytes: number;
  readonly milliseconds: number;
}

const SCHEMA = new URL('schema.sql', import.meta.url);

function fill(database: Database, seed: number, tell: (part: string, done: number) => void): void {
  tell('companies', 0);
  writeReference(database);
  const companies = writeCompanies(database, seed);
  tell('prices', 0.02);
  const stocks = writeStockPrices(database, seed, companies);
  const indices = writeIndices(database, seed, stocks);
  tell('statements', 0.55);
  writeStatements(database, seed, companies);
  writeOwnership(database, seed, companies);
  writeResearch(database, seed, stocks);
  tell('funds', 0.65);
  const funds = writeFunds(database, seed);
  writeFundPerformance(database, seed, funds, stocks, indices);
  tell('bonds and macro series', 0.9);
  writeBonds(database, seed, companies);
  writeMacro(database, seed);
}

function countRows(database: Database, tables: readonly string[]): number {
  return tables.reduce((sum, table) => {
    return sum + (database.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get() as number);
  }, 0);
}

function sync(path: string): void {
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}

/**
 * Makes the demo database at `path`, replacing a file that is there. The file appears when it is whole:
 * it is written under a temporary name in the same folder, which must exist, and renamed at the end.
 *
 * @throws what SQLite or the file system throws (no such folder, no space); nothing is left behind then.
 */
export async function buildDemoDatabase(
  path: string,
  options: DemoOptions = {},
): Promise<DemoSummary> {
  const { seed = 1, onProgress = () => {} } = options;
  const started = performance.now();
  const temporary = `${path}.${process.pid}.tmp`;
  rmSync(temporary, { force: true });
  try {
    const database = new Database(temporary);
    let tables: string[];
    let rows: number;
    try {
      // The file is thrown away after a crash, so it needs no journal.
      database.pragma('journal_mode = OFF');
      database.pragma('synchronous = OFF');
      database.pragma('foreign_keys = OFF');
      database.transaction(() => {
        database.exec(readFileSync(SCHEMA, 'utf8'));
        fill(database, seed, onProgress);
      })();
      database.exec('ANALYZE');
      tables = tableNames(database);
      rows = countRows(database, tables);
    } finally {
      database.close();
    }
    sync(temporary);
    renameSync(temporary, path);
    onProgress('done', 1);
    const milliseconds = Math.round(performance.now() - started);
    return { path, seed, tables: tables.length, rows, bytes: statSync(path).size, milliseconds };
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
