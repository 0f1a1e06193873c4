/** Files that were sent to be worked on. Their names here are ours; the clients' are labels only. */
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { described, replaceFile, type Translated } from '@quaestor/peft';
import type { Request } from 'express';
import * as z from 'zod';
import { component } from '../api/component.ts';
import { looksLikeSqlite } from '../databases/check-sqlite.ts';
import { ServerError } from '../errors.ts';
import { removeLeftovers } from '../remove-leftovers.ts';
import { receiveFile } from './receive-file.ts';

export const uploadSchema = component(
  'Upload',
  z.object({
    id: z.string(),
    name: z
      .string()
      .apply(described, { en: 'as it was called where it came from', zh: '在来源处的名称' }),
    format: z.enum(['csv', 'sqlite']),
    bytes: z.int(),
    created_at: z.string().apply(described, { en: 'ISO 8601', zh: 'ISO 8601 时间' }),
  }),
);

export type Upload = z.output<typeof uploadSchema>;

export const uploadId = z.string().regex(/^upload_[0-9a-f]{18}$/, 'is no id of an upload');

/** Beginnings of files that people take for tables. */
const FOREIGN: readonly (readonly [beginning: string, what: Translated])[] = [
  ['PK\u0003\u0004', { en: 'a ZIP archive or an Excel file', zh: 'ZIP 压缩包或 Excel 文件' }],
  ['\u001f\u008b', { en: 'a gzip file', zh: 'gzip 文件' }],
  ['%PDF', { en: 'a PDF', zh: 'PDF 文件' }],
  ['\u00d0\u00cf\u0011\u00e0', { en: 'an old Excel file', zh: '旧版 Excel 文件' }],
  ['PAR1', { en: 'a Parquet file', zh: 'Parquet 文件' }],
];

export class UploadStore {
  readonly #folder: string;
  readonly #mostBytes: number;

  /** @param mostBytes of one file */
  constructor(home: string, mostBytes: number) {
    this.#folder = join(home, 'uploads');
    this.#mostBytes = mostBytes;
    mkdirSync(this.#folder, { recursive: true });
    removeLeftovers(this.#folder, (file) =>
      existsSync(this.#note(file.slice(0, file.indexOf('.')))),
    );
  }

  /** @throws ServerError as `receiveFile`, and 'bad-upload' for what is neither SQLite nor text */
  async receive(request: Request, name: string): Promise<Upload> {
    const id = `upload_${randomBytes(9).toString('hex')}`;
    const path = this.#data(id);
    const bytes = await receiveFile(request, path, this.#mostBytes);
    try {
      const format = formatOf(await readHead(path));
      const upload: Upload = { id, name, format, bytes, created_at: new Date().toISOString() };
      replaceFile(this.#note(id), Buffer.from(JSON.stringify(upload)));
      return upload;
    } catch (error) {
      rmSync(path, { force: true });
      throw error;
    }
  }

  /** Newest first. */
  list(): readonly Upload[] {
    return readdirSync(this.#folder)
      .filter((file) => file.endsWith('.json') && uploadId.safeParse(file.slice(0, -5)).success)
      .map((file) => this.get(file.slice(0, -5)))
      .sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
  }

  /** @throws ServerError 'not-found' */
  get(id: string): Upload {
    if (!uploadId.safeParse(id).success || !existsSync(this.#note(id))) {
      throw new ServerError('not-found', {
        en: `There is no upload ${id.slice(0, 80)}.`,
        zh: '没有这个上传的文件，或已被清除。请重新上传。',
      });
    }
    return uploadSchema.parse(JSON.parse(readFileSync(this.#note(id), 'utf8')));
  }

  /** Where it lies, to be read. @throws ServerError 'not-found' */
  path(id: string): string {
    this.get(id);
    return this.#data(id);
  }

  /** Gives the file a second name, under which it stays when the upload is removed. */
  link(id: string, path: string): Upload {
    const upload = this.get(id);
    linkSync(this.#data(id), path);
    return upload;
  }

  /** @throws ServerError 'not-found' */
  remove(id: string): void {
    this.get(id);
    rmSync(this.#note(id), { force: true });
    rmSync(this.#data(id), { force: true });
  }

  #data(id: string): string {
    return join(this.#folder, `${id}.data`);
  }

  #note(id: string): string {
    return join(this.#folder, `${id}.json`);
  }
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(64);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function formatOf(head: Buffer): Upload['format'] {
  if (looksLikeSqlite(head)) return 'sqlite';
  const text = head.toString('latin1');
  const foreign = FOREIGN.find(([beginning]) => text.startsWith(beginning))?.[1];
  if (foreign === undefined) return 'csv';
  throw new ServerError('bad-upload', {
    en: `The file is ${foreign.en}; expected a SQLite database or a CSV table. Save it as CSV first.`,
    zh: `只能上传 SQLite 数据库或 CSV 表格，而这是 ${foreign.zh}。请先将文件另存为 CSV。`,
  });
}
