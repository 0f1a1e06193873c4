import { existsSync, readFileSync } from 'node:fs';
import type { TextToSqlItem } from '@quaestor/finsql';
import * as z from 'zod';
import { InputError } from './errors.ts';
import { inRepository } from './repository.ts';

const items = z.array(
  z.looseObject({
    question: z.string().min(1),
    db_id: z.string().optional(),
    db_name: z.string().optional(),
    query: z.string().optional(),
    sql_query: z.string().optional(),
  }),
);

/**
 * Questions with known SQL, which guide retrieval and are shown in prompts: those of a file in
 * Spider's form, else the demo database's.
 *
 * @throws InputError when the file is not such a list
 */
export function readExemplars(file: string | undefined): readonly TextToSqlItem[] {
  const path = file ?? inRepository('data/demo/questions-train.json');
  if (file === undefined && !existsSync(path)) return [];
  try {
    return items.parse(JSON.parse(readFileSync(path, 'utf8'))).map((item) => ({
      question: item.question,
      db: item.db_id ?? item.db_name ?? '',
      sql: item.query ?? item.sql_query ?? '',
    }));
  } catch (cause) {
    throw new InputError(
      `${path} is no question file: expected a JSON list of { question, db_id, query }.`,
      { cause },
    );
  }
}
