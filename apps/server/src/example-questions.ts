import { readFile } from 'node:fs/promises';
import { parseQuestions, type Schema, type TextToSqlItem } from '@quaestor/finsql';

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
export function questionsFromSchema({ tables }: Schema, limit = 4): readonly string[] {
  const rows = (table: Schema['tables'][number]) => table.rowCount ?? 0;
  const biggest = tables.filter((table) => rows(table) > 0).sort((a, b) => rows(b) - rows(a));
  return biggest.slice(0, limit).map((table) => {
    const name = table.name.replaceAll('_', ' ').toLowerCase();
    return `How many rows are there in ${name}?`;
  });
}
