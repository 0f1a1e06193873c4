import { readFile } from 'node:fs/promises';
import { languageOf, parseQuestions, type Schema, type TextToSqlItem } from '@quaestor/finsql';
import type { Text } from '@quaestor/peft';

/**
 * The questions of files in Spider's shape. They only ever help (as examples to click on, as
 * neighbours to learn from), so files that are missing or have another shape are skipped.
 */
export async function readQuestions(paths: readonly string[]): Promise<readonly TextToSqlItem[]> {
  const items: TextToSqlItem[] = [];
  for (const path of paths) {
    try {
      items.push(...parseQuestions(JSON.parse(await readFile(path, 'utf8'))));
    } catch {
      // A file that cannot help is passed over.
    }
  }
  return items;
}

/** For a database without questions of its own: what can be asked of any table that has rows. */
export function questionsFromSchema({ tables }: Schema, limit = 4): readonly Text[] {
  const rows = (table: Schema['tables'][number]) => table.rowCount ?? 0;
  const biggest = tables.filter((table) => rows(table) > 0).sort((a, b) => rows(b) - rows(a));
  return biggest.slice(0, limit).map((table) => {
    const name = table.name.replaceAll('_', ' ').toLowerCase();
    if (languageOf(name) === 'zh') return `${name}有多少行？`;
    return { en: `How many rows are there in ${name}?`, zh: `${name} 有多少行？` };
  });
}
