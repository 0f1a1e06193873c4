import { readFile } from 'node:fs/promises';
import type { Schema, TextToSqlItem } from '@quaestor/finsql';
import { z } from 'zod';

/** Spider's names of the fields, and those of the BULL set. */
const questionFile = z.array(
  z.looseObject({
    question: z.string(),
    db_id: z.string().optional(),
    db_name: z.string().optional(),
    query: z.string().optional(),
    sql_query: z.string().optional(),
  }),
);

/**
 * The questions of files in Spider's shape. They only ever help (as examples to click on, as
 * neighbours to learn from), so files that are missing or have another shape are skipped.
 */
export async function readQuestions(paths: readonly string[]): Promise<readonly TextToSqlItem[]> {
  const items: TextToSqlItem[] = [];
  for (const path of paths) {
    const text = await readFile(path, 'utf8').catch(() => '');
    const parsed = questionFile.safeParse(parseJson(text));
    for (const { question, db_id, db_name, query, sql_query } of parsed.data ?? []) {
      const db = db_id ?? db_name;
      if (db !== undefined) items.push({ question, db, sql: query ?? sql_query ?? '' });
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
