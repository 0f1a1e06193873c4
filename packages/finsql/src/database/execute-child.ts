/**
 * The process in which statements run: a statement that takes too long or too much memory takes
 * only this process with it. One job at a time, asked for by the parent (`execute.ts`).
 */
import { statIfThere } from '@quaestor/peft';
import { FinSqlError, refuse } from '../errors.ts';
import { sqliteInChinese } from '../wording/sqlite-in-chinese.ts';
import { complaintOf, coverTables, forbiddenPrefix } from './allow-list.ts';
import type { ExecuteJob, ExecuteReply, QueryRows, SqlValue } from './execute-protocol.ts';
import { forbidden } from './guard.ts';
import { inUse, isLocked } from './in-use.ts';
import { forbiddenOperation } from './opcodes.ts';
import { openReadOnly } from './open.ts';
import type { Database } from './sqlite.ts';

/** Files kept open between jobs. */
const MOST_OPEN = 4;
const LONGEST_BLOB = 64;
/** Milliseconds that a statement waits for the locks of others: fewer than it may take, so that it tells of them. */
const PATIENCE = 2000;

interface Connection {
  readonly version: string;
  readonly database: Database;
  /** Version of the schema whose tables are covered. */
  covered: number | undefined;
}

const open = new Map<string, Connection>();
const heapBytes = Number(process.argv[2] ?? 0);

process.on('message', (job: ExecuteJob) => send(run(job)));
process.on('disconnect', () => process.exit(0));
send({ kind: 'ready' });

function send(reply: ExecuteReply): void {
  process.send?.(reply);
}

function run(job: ExecuteJob): ExecuteReply {
  try {
    return { kind: 'rows', result: query(job) };
  } catch (error) {
    return { kind: 'error', ...explain(error, job.file) };
  }
}

function query(job: ExecuteJob): QueryRows {
  const reason = forbidden(job.sql) ?? (job.allow && forbiddenPrefix(job.sql));
  if (reason !== undefined) throw refuse(reason);
  const connection = connect(job);
  const { database } = connection;
  if (job.allow === undefined) return database.transaction(() => read(database, job))();
  const { allow } = job;
  // Others may make tables meanwhile: what is covered must be what is read.
  const [result, covered] = database.transaction(() => {
    const version = schemaVersion(database);
    if (connection.covered !== version) coverTables(database, allow);
    return [readAllowed(database, job), version] as const;
  })();
  connection.covered = covered;
  return result;
}

function readAllowed(database: Database, job: ExecuteJob): QueryRows {
  try {
    return read(database, job);
  } catch (error) {
    const isAboutNames = codeOf(error) === 'SQLITE_ERROR';
    throw (isAboutNames ? complaintOf(database, job.sql) : undefined) ?? error;
  }
}

function read(database: Database, { sql, maxRows, maxBytes, dryRun }: ExecuteJob): QueryRows {
  const statement = database.prepare(sql);
  if (!statement.reader || !statement.readonly) throw refuse({ code: 'not-read-only' });
  const operation = forbiddenOperation(database, sql);
  if (operation !== undefined) throw refuse(operation);
  const columns = statement.columns().map(({ name }) => name);
  if (dryRun) return { columns, rows: [], truncated: false };
  const rows: SqlValue[][] = [];
  let bytes = 0;
  for (const row of statement.raw().safeIntegers().iterate() as Iterable<readonly unknown[]>) {
    if (rows.length === maxRows) return { columns, rows, truncated: true };
    const values = row.map(toValue);
    bytes += bytesOf(values, maxBytes - bytes);
    if (bytes > maxBytes) {
      if (rows.length === 0) throw tooLarge(maxBytes);
      return { columns, rows, truncated: true };
    }
    rows.push(values);
  }
  return { columns, rows, truncated: false };
}

/** Of a row as JSON, which is how it travels; Infinity where it is surely more than `most`. */
function bytesOf(values: readonly SqlValue[], most: number): number {
  const atLeast = values.reduce<number>(
    (sum, value) => sum + (typeof value === 'string' ? value.length : 1),
    0,
  );
  return atLeast > most ? Infinity : Buffer.byteLength(JSON.stringify(values));
}

/** A cut value would pass for the whole one, so there is no answer instead. */
function tooLarge(maxBytes: number): FinSqlError {
  return new FinSqlError('out-of-memory', {
    en: `The first row alone is larger than the ${maxBytes} bytes that an answer may have. Ask for fewer columns, or for part of a text with substr().`,
    zh: `仅第一行就超过了回答的上限 ${maxBytes} 字节。请减少列数，或用 substr() 只取文本的一部分。`,
  });
}

function schemaVersion(database: Database): number {
  return database.prepare<[], number>('pragma main.schema_version').pluck().get() as number;
}

function toValue(value: unknown): SqlValue {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (Buffer.isBuffer(value)) {
    const more = value.length > LONGEST_BLOB ? '…' : '';
    return `x'${value.subarray(0, LONGEST_BLOB).toString('hex')}${more}'`;
  }
  // JSON has no number for it: it would become null.
  if (value === Infinity || value === -Infinity) return String(value);
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

/** A connection for the file as it is now; one that was replaced is opened anew. */
function connect({ file, allow }: ExecuteJob): Connection {
  const key = allow === undefined ? file : `${file}\n${JSON.stringify(allow)}`;
  const stat = statIfThere(file);
  const version = stat === undefined ? '' : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
  const known = open.get(key);
  if (known?.version === version) return known;
  known?.database.close();
  open.delete(key);
  const database = openReadOnly(file, PATIENCE);
  database.pragma('temp_store = memory');
  if (heapBytes > 0) database.pragma(`hard_heap_limit = ${heapBytes}`);
  const connection = { version, database, covered: undefined };
  open.set(key, connection);
  const [oldest] = open.keys();
  if (open.size > MOST_OPEN && oldest !== undefined) {
    open.get(oldest)?.database.close();
    open.delete(oldest);
  }
  return connection;
}

type Explained = Omit<Extract<ExecuteReply, { kind: 'error' }>, 'kind'>;

function explain(error: unknown, file: string): Explained {
  if (error instanceof FinSqlError) return told(error);
  if (isLocked(error)) return told(inUse(file, error));
  const message = error instanceof Error ? error.message : String(error);
  const code = codeOf(error);
  if (code === 'SQLITE_NOMEM' || /out of memory|too big|string length/.test(message)) {
    return {
      code: 'out-of-memory',
      message: {
        en: `The statement needs too much memory (${message}).`,
        zh: `查询占用的内存过多（${sqliteInChinese(message)}），已停止。请减少返回的行数或列数。`,
      },
    };
  }
  if (/more than one statement/.test(message)) return told(refuse({ code: 'several-statements' }));
  if (/contains no statements/.test(message)) return told(refuse({ code: 'empty-statement' }));
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') {
    return {
      code: 'not-a-database',
      message: {
        en: `The database file is damaged (${message}).`,
        zh: `数据库文件已损坏（${sqliteInChinese(message)}）。`,
      },
    };
  }
  return {
    code: 'sql-error',
    message: { en: message, zh: `SQL 无法运行：${sqliteInChinese(message)}。` },
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function told({ code, text, refused }: FinSqlError): Explained {
  return { code, message: text, refused };
}
