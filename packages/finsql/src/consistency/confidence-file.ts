/** The figures of an adapter's confidences, `confidence.json` in the adapter's folder. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile, schemaProblems, type Text } from '@quaestor/peft';
import { FinSqlError } from '../errors.ts';
import { type ConfidenceModel, confidenceModel } from './confidence.ts';

const FILE = 'confidence.json';

/**
 * The figures stored with an adapter; none where it has no such file.
 * @throws FinSqlError `bad-data` when the file is not what it should be
 */
export function readConfidence(adapterFolder: string): ConfidenceModel {
  const file = join(adapterFolder, FILE);
  if (!existsSync(file)) return {};
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw unreadable(file, [{ en: 'it is not JSON', zh: '不是 JSON' }], cause);
  }
  const parsed = confidenceModel.safeParse(content);
  if (parsed.success) return parsed.data;
  throw unreadable(file, schemaProblems(confidenceModel, content, parsed.error));
}

/** Stores figures beside an adapter, whole or not at all. */
export function writeConfidence(adapterFolder: string, model: ConfidenceModel): void {
  replaceFile(join(adapterFolder, FILE), Buffer.from(`${JSON.stringify(model, null, 2)}\n`));
}

function unreadable(file: string, problems: readonly Text[], cause?: unknown): FinSqlError {
  return new FinSqlError(
    'bad-data',
    {
      en: `${file} does not hold confidence figures; delete it or fit it again.`,
      zh: `${file} 中不是可信度的数据，请删除它或重新拟合。`,
    },
    { problems, cause },
  );
}
