/** Text-to-SQL set → labelled pairs: each question with the tables that gold uses, the likeliest wrong ones and a few at random. */
import { seededRandom } from '@quaestor/peft';
import type { TextToSqlSet } from '../../data/text-to-sql-set.ts';
import { fold, type Table } from '../../schema/schema.ts';
import { sqlReferences } from '../../sql/references.ts';
import { prepareDatabase } from '../context.ts';
import { retrieve } from '../retrieve.ts';
import type { CrossEncoder, LabelledPair } from './cross-encoder.ts';

export interface PairOptions {
  /** Default 1. */
  readonly seed?: number;
  /** Wrong tables that words find likeliest, per question. Default 3. */
  readonly hard?: number;
  /** Wrong tables at random, per question. Default 2. */
  readonly random?: number;
}

/** Questions whose SQL uses no table are left out. */
export function labelledPairs(
  set: TextToSqlSet,
  encoder: CrossEncoder,
  options: PairOptions = {},
): LabelledPair[] {
  const random = seededRandom(options.seed ?? 1);
  const contexts = new Map(
    [...set.databases].map(([db, { schema }]) => [db, prepareDatabase(schema)] as const),
  );
  return set.items.flatMap(({ question, db, sql }) => {
    const context = contexts.get(db);
    if (context === undefined) return [];
    const { schema } = context;
    const gold = sqlReferences(sql, schema);
    if (gold.tables.length === 0) return [];
    const byName = new Map(schema.tables.map((table) => [fold(table.name), table]));
    const wrong = retrieve(context, question)
      .tables.map(({ name }) => name)
      .filter((name) => !gold.tables.includes(name));
    const hard = wrong.slice(0, options.hard ?? 3);
    const others = random.shuffle(wrong.slice(hard.length)).slice(0, options.random ?? 2);
    return [...gold.tables, ...hard, ...others].flatMap((name) => {
      const table = byName.get(name);
      return table === undefined ? [] : [label(encoder, question, table, name, gold)];
    });
  });
}

function label(
  encoder: CrossEncoder,
  question: string,
  table: Table,
  name: string,
  gold: ReturnType<typeof sqlReferences>,
): LabelledPair {
  return encoder.label(question, table, gold.tables.includes(name), (column) =>
    gold.columns.has(`${name}.${fold(column)}`),
  );
}
