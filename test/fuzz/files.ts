/** Files from elsewhere: tables, weights, databases. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { introspect } from '@quaestor/finsql';
import { Database } from '@quaestor/finsql/sqlite';
import { decodeSafetensors, type Random } from '@quaestor/peft';
import { checkSqlite } from '../../apps/server/src/databases/check-sqlite.ts';
import { csvToTable } from '../../apps/server/src/databases/csv-to-table.ts';
import { openReadOnly } from '../../packages/finsql/src/database/open.ts';
import { openGguf } from '../../packages/peft/src/io/gguf.ts';
import { makeFundDatabase } from '../demo-server.ts';
import { mutateBytes } from './mutate.ts';
import { type FuzzTarget, refusing } from './target.ts';

/** Rows read of a database that passed its check. */
const ROWS = 20;

const golden = (name: string): Buffer =>
  readFileSync(new URL(`../golden/${name}`, import.meta.url));

/** A target whose inputs are changed copies of whole files. */
function fileTarget(
  name: string,
  seeds: (folder: string) => readonly Uint8Array[],
  read: (path: string, bytes: Buffer, folder: string) => Promise<void>,
): FuzzTarget {
  return {
    name,
    open: async () => {
      const folder = mkdtempSync(join(tmpdir(), `quaestor-fuzz-${name}-`));
      const whole = seeds(folder);
      return {
        tryOne: async (random: Random) => {
          const bytes = mutateBytes(whole[random.integer(whole.length)] as Uint8Array, random);
          const path = join(folder, 'input');
          writeFileSync(path, bytes);
          await refusing(() => read(path, bytes, folder));
        },
        close: () => rmSync(folder, { recursive: true, force: true }),
      };
    },
  };
}

const CSV_SEEDS = [
  'id,name,price\n1,"a, ""b""",1.50\n2,\'c\',-2e3\n3,,9007199254740993\n',
  'a;b\r\n"1\n2";x\r\n;;\r\n',
  '\ufeff编号\t名称\n007\t华夏\n',
  `${Array.from({ length: 40 }, (_, i) => `c${i}`).join(',')}\n${'1,'.repeat(39)}1\n`,
];

export const csvTarget = fileTarget(
  'csv',
  () => [
    ...CSV_SEEDS.map((text) => Buffer.from(text)),
    Buffer.from(CSV_SEEDS[2] as string, 'utf16le'),
  ],
  async (path) => {
    const database = new Database(':memory:');
    try {
      await csvToTable(path, database, 'rows', () => {});
    } finally {
      database.close();
    }
  },
);

export const safetensorsTarget = fileTarget(
  'safetensors',
  () => [
    golden('peft-llm/ia3/adapter_model.safetensors'),
    golden('peft-llm/lora/adapter_model.safetensors'),
  ],
  async (_path, bytes) => {
    for (const { data, shape } of decodeSafetensors(bytes).values()) {
      const size = shape.reduce((product, length) => product * length, 1);
      if (data.length !== size) throw new Error(`${data.length} values of ${shape}`);
    }
  },
);

export const ggufTarget = fileTarget(
  'gguf',
  () => [golden('gguf/tiny-llama.gguf')],
  async (path) => {
    const file = await openGguf(path);
    try {
      for (const tensor of [...file.tensors.values()].slice(0, 3)) file.read(tensor);
    } finally {
      file.close();
    }
  },
);

export const sqliteTarget = fileTarget(
  'sqlite',
  (folder) => {
    const path = join(folder, 'seed', 'fund.sqlite');
    mkdirSync(join(folder, 'seed'));
    makeFundDatabase(path);
    return [readFileSync(path)];
  },
  async (path) => {
    checkSqlite(path);
    const schema = introspect(path);
    const database = openReadOnly(path);
    try {
      for (const { name } of schema.tables) readSome(database, name);
    } finally {
      database.close();
    }
  },
);

/** What SQLite itself says against a damaged page is no fault of ours. */
function readSome(database: Database, table: string): void {
  try {
    const rows = database.prepare(`SELECT * FROM "${table.replaceAll('"', '""')}" LIMIT ${ROWS}`);
    rows.all();
  } catch (error) {
    if ((error as Error).name !== 'SqliteError') throw error;
  }
}
