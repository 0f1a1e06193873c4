/** Tables that come with the server, to try a classification on. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { described } from '@quaestor/peft';
import * as z from 'zod';
import { ServerError } from '../errors.ts';
import { inRepository } from '../repository.ts';

export const sampleTableSchema = z.object({
  name: z.string(),
  title: z.string(),
  about: z.string().apply(described, {
    en: 'what its rows are, where they come from, under which licence',
    zh: '各行是什么、来自何处、以何种许可提供',
  }),
  bytes: z.int(),
});

export type SampleTable = Readonly<z.output<typeof sampleTableSchema>>;

const FOLDER = inRepository('data/tables');

export function sampleTables(): readonly SampleTable[] {
  if (!existsSync(FOLDER)) return [];
  return readdirSync(FOLDER)
    .sort()
    .filter((name) => existsSync(join(FOLDER, name, 'rows.csv')))
    .map((name) => {
      const [title = '', ...about] = readFileSync(join(FOLDER, name, 'README.md'), 'utf8')
        .split(/\n\s*\n/)
        .map((part) => part.trim());
      const { size } = statSync(join(FOLDER, name, 'rows.csv'));
      return { name, title: title.replace(/^#+\s*/, ''), about: about.join('\n'), bytes: size };
    });
}

/** @throws ServerError 'not-found' */
export function sampleFile(name: string): string {
  const known = sampleTables().map((sample) => sample.name);
  if (known.includes(name)) return join(FOLDER, name, 'rows.csv');
  throw new ServerError('not-found', {
    en: `There is no sample table ${name.slice(0, 80)}; there are: ${known.join(', ')}.`,
    zh: `没有名为 ${name.slice(0, 80)} 的示例表格，已有的表格：${known.join('、')}。`,
  });
}
