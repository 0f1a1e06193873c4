import { TabLlmError } from '../errors.ts';

/** An object with a key, alone or in a list, or a list of lists: no header of a table begins so. */
const JSON_BEGINNING = /^\s*(?:\[?\s*\{\s*"(?:[^"\\\n]|\\.)*"\s*:|\[\s*\[\s*["\d-])/;

/** @param beginning of a file @throws TabLlmError 'bad-csv' for JSON and lines of JSON */
export function refuseJson(beginning: string): void {
  if (!JSON_BEGINNING.test(beginning)) return;
  throw new TabLlmError('bad-csv', {
    en: 'This is JSON, not CSV. Save the rows as a CSV file and give that.',
    zh: '这是 JSON，不是 CSV。请将各行另存为 CSV 文件后再使用。',
  });
}
