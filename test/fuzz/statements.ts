/**
 * Statements: what the guard lets through must prepare as one that only reads, by SQLite's own account
 * of what it would do (EXPLAIN), and nothing that reads SQL may fail on any text.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainSql, introspect, LANGUAGES, refusal } from '@quaestor/finsql';
import { Database } from '@quaestor/finsql/sqlite';
import { structureOf } from '../../packages/finsql/src/consistency/structure.ts';
import { openReadOnly } from '../../packages/finsql/src/database/open.ts';
import { readSql } from '../../packages/finsql/src/generate/read-sql.ts';
import { mutateText } from './mutate.ts';
import type { FuzzTarget } from './target.ts';

/** Operations by which SQLite changes a file or the connection. Inserting into a sorter is none. */
const WRITES =
  /^(?:OpenWrite|Vacuum|JournalMode|Checkpoint|Destroy|CreateBtree|SetCookie|ParseSchema|VUpdate|VCreate|VDestroy|Savepoint|AutoCommit|Expire)$/;
const FORBIDDEN = /\b(?:load_extension|readfile|writefile|edit|sqlite_version|sqlite_source_id)\(/i;

const WORDS = [
  ...[
    'SELECT',
    'WITH',
    'VALUES',
    'FROM',
    'WHERE',
    'UNION',
    'RECURSIVE',
    'AS',
    'IN',
    'JOIN',
    'LIMIT',
  ],
  ...['PRAGMA', 'ATTACH', 'VACUUM INTO', 'DELETE FROM', 'INSERT INTO', 'UPDATE', 'DROP', 'BEGIN'],
  ...[
    'sqlite_master',
    'pragma_table_info',
    'load_extension',
    'randomblob',
    'json_each',
    'employees',
  ],
  ...[
    "'",
    '"',
    '`',
    '[',
    ']',
    '(',
    ')',
    ';',
    '--',
    '/*',
    '*/',
    ',',
    '.',
    '*',
    '?',
    '$a',
    '\0',
    '\u202e',
  ],
  ...['1', '1e9', '0x10', "x'00'", 'main.', 'temp.', 'RETURNING', 'OVER', 'EXPLAIN', 'ON CONFLICT'],
] as const;

const golden = (name: string): string =>
  readFileSync(new URL(`../golden/guard/${name}`, import.meta.url), 'utf8');

export const statementTarget: FuzzTarget = {
  name: 'sql',
  open: async () => {
    const seeds = ['attacks.json', 'legit.json'].flatMap((name) =>
      (JSON.parse(golden(name)) as { readonly sql?: string }[]).flatMap(({ sql = '' }) =>
        sql.length > 2000 ? [] : [sql],
      ),
    );
    const folder = mkdtempSync(join(tmpdir(), 'quaestor-fuzz-sql-'));
    const file = join(folder, 'guard.sqlite');
    const made = new Database(file);
    made.exec(golden('schema.sql'));
    made.close();
    const content = readFileSync(file);
    const schema = introspect(file);
    const database = openReadOnly(file);
    return {
      tryOne: (random) => {
        const seed = seeds[random.integer(seeds.length)] as string;
        const sql = mutateText(seed, WORDS, random);
        structureOf(sql);
        for (const language of LANGUAGES) explainSql(sql, schema, language);
        refusal(readSql(sql));
        if (refusal(sql) === undefined) expectReading(database, sql);
      },
      close: () => {
        database.close();
        const unchanged = readFileSync(file).equals(content);
        rmSync(folder, { recursive: true });
        if (!unchanged) throw new Error('the database file has changed');
      },
    };
  },
};

/** @throws Error for a statement that SQLite would do more with than read tables */
function expectReading(database: Database, sql: string): void {
  let operations: readonly { readonly opcode: string; readonly p4: unknown }[];
  try {
    const statement = database.prepare(sql);
    // The same check as the query process makes.
    if (!statement.reader || !statement.readonly) return;
    operations = database.prepare(`EXPLAIN ${sql}`).all() as typeof operations;
  } catch (error) {
    if ((error as Error).name !== 'SqliteError' && !(error instanceof RangeError)) throw error;
    return;
  }
  for (const { opcode, p4 } of operations) {
    // A sorter and a table of its own are written to in memory only.
    const writes =
      WRITES.test(opcode) && !/^(?:Insert|Delete|IdxInsert|IdxDelete|Clear)$/.test(opcode);
    if (writes || (/^Function|^PureFunc/.test(opcode) && FORBIDDEN.test(String(p4)))) {
      throw new Error(`let through, though it does ${opcode} ${p4}: ${sql}`);
    }
  }
}
