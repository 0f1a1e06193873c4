import { TabLlmError } from '../errors.ts';
import { type CsvTable, openCsv, type ReadCsvOptions } from './read.ts';

/** The same as `openCsv` of a file, which errors name: there may be more than one. */
export async function openNamed(file: string, options?: ReadCsvOptions): Promise<CsvTable> {
  try {
    return await openCsv(file, options);
  } catch (cause) {
    if (!(cause instanceof TabLlmError) || cause.code !== 'bad-csv') throw cause;
    const { en, zh } = cause.text;
    if (en.includes(file)) throw cause;
    throw new TabLlmError('bad-csv', { en: `${file}: ${en}`, zh: `${file}：${zh}` }, { cause });
  }
}
