import { readFile } from 'node:fs/promises';
import type { Schema } from '@quaestor/finsql';
import { z } from 'zod';

/** Questions in Spider's shape; `db_name` is what the BULL set calls `db_id`. */
const questionFile = z.array(
  z.looseObject({
    question: z.string(),
    db_id: z.string().optional(),
    db_name: z.string().optional(),
  }),
);

/** Questions to offer for a database, by its name. */
export type ExampleQuestions = ReadonlyMap<string, readonly string[]>;

/** Reads the files that exist and are in Spider's shape; examples are an offer, so others are skipped. */
export async function readExampleQuestions(paths: readonly string[]): Promise<ExampleQuestions> {
  const examples = new Map<string, string[]>();
  for (const path of paths) {
    const text = await readFile(path, 'utf8').catch(() => '[]');
    const parsed = questionFile.safeParse(parseJson(text));
    for (const { question, db_id, db_name } of parsed.data ?? []) {
      const database = db_id ?? db_name;
      if (database === undefined) continue;
      examples.set(database, [...(examples.get(database) ?? []), question]);
    }
  }
  return examples;
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
    return [];
  }
}
