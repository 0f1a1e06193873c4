import { stateFolder } from '@quaestor/peft';
import type { TextToSqlItem } from './data/text-to-sql-set.ts';
import { FinSqlError } from './errors.ts';
import { buildExemplarIndexInTurns, type ExemplarIndex } from './retrieval/exemplars.ts';
import { keptExemplarIndex } from './retrieval/known-questions/kept-index.ts';

/** Questions with known SQL, or what gives those of now. */
export type Exemplars = readonly TextToSqlItem[] | (() => readonly TextToSqlItem[]);

/**
 * Those of now.
 * @throws FinSqlError `bad-config` where they are no `TextToSqlItem`s, as the entries of a question file,
 *   which `parseQuestions` makes into such
 */
export function exemplarsNow(exemplars: Exemplars): readonly TextToSqlItem[] {
  const items = typeof exemplars === 'function' ? exemplars() : exemplars;
  const wrong = items.findIndex(({ question, db, sql }) =>
    [question, db, sql].some((field) => typeof field !== 'string'),
  );
  if (wrong < 0) return items;
  const fields = Object.keys(items[wrong] ?? {});
  throw new FinSqlError('bad-config', {
    en: `Exemplar ${wrong} must have the strings question, db and sql; it has ${fields.join(', ')}. Read a question file by parseQuestions.`,
    zh: `第 ${wrong} 个示例应有字符串 question、db 和 sql，实际字段为 ${fields.join('、')}。请用 parseQuestions 读取问题文件。`,
  });
}

/** Questions that are indexed as quickly as a file is opened. */
const FEW = 1000;

/** The index of the exemplars of now. @param folder where the index of a long list is kept */
export function latestIndex(
  exemplars: Exemplars | undefined,
  folder: string = stateFolder('indexes'),
): () => Promise<ExemplarIndex | undefined> {
  if (exemplars === undefined) return async () => undefined;
  let items: readonly TextToSqlItem[] | undefined;
  let index: Promise<ExemplarIndex | undefined> = Promise.resolve(undefined);
  return () => {
    const now = typeof exemplars === 'function' ? exemplars() : exemplars;
    if (now !== items) {
      exemplarsNow(now);
      index = now.length < FEW ? buildExemplarIndexInTurns(now) : keptExemplarIndex(now, folder);
    }
    items = now;
    return index;
  };
}
