/**
 * The statement of a known question that asks for the same, with the texts, numbers and periods of the one
 * that is asked: what somebody has once said of a question holds for every question like it.
 */
import type { TextToSqlItem } from '../data/text-to-sql-set.ts';
import type { DatabaseContext } from '../retrieval/context.ts';
import { periodAround } from '../retrieval/quantities/calendar.ts';
import { mentionsOf, type Retrieval } from '../retrieval/retrieve.ts';
import { fold } from '../schema/schema.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { type Change, fillStatement } from './fill-statement.ts';
import { mayBeOfForm, type QuestionForm, questionForm } from './question-form.ts';
import { writesOnly } from './written-periods.ts';

export interface KnownStatement {
  readonly sql: string;
  /** The known question. */
  readonly item: TextToSqlItem;
  /** What the question has in place of what the known one has; none: it is that question. */
  readonly changes: readonly Change[];
}

/**
 * The statement of the known question that has the form of the one asked and the fewest changes, the
 * latest of equals; undefined where there is none.
 */
export function knownStatement(
  context: DatabaseContext,
  retrieval: Retrieval,
): KnownStatement | undefined {
  if (retrieval.neighbours.length === 0) return undefined;
  const form = questionForm(retrieval);
  const found = retrieval.neighbours.flatMap(({ item, index }) => {
    if (!mayBeOfForm(item.question, form)) return [];
    const known = formOf(item, context);
    if (known.key !== form.key || !isStillMeant(item, retrieval)) return [];
    const changes = changesOf(known, form);
    const sql = fillStatement(item.sql, changes, known.slots, context.schema);
    return sql === undefined ? [] : [{ sql, item, changes, index }];
  });
  const [best] = found.toSorted((a, b) => a.changes.length - b.changes.length || b.index - a.index);
  return best && { sql: best.sql, item: best.item, changes: best.changes };
}

/** What the question has in place of what the known one has, as both have it. */
export function swapsOf({
  changes,
}: KnownStatement): { readonly from: string; readonly to: string }[] {
  return changes.map(({ from, to }) => ({ from: from.text, to: to.text }));
}

const forms = new WeakMap<DatabaseContext, WeakMap<TextToSqlItem, QuestionForm>>();

/** The form of a known question, looked at once. */
function formOf(item: TextToSqlItem, context: DatabaseContext): QuestionForm {
  const known = forms.get(context) ?? new WeakMap<TextToSqlItem, QuestionForm>();
  forms.set(context, known);
  const found = known.get(item) ?? questionForm(mentionsOf(context, item.question));
  known.set(item, found);
  return found;
}

/** What is stated otherwise; what means the same is no change, however it is written. */
function changesOf(known: QuestionForm, asked: QuestionForm): Change[] {
  return known.slots.flatMap((from, at) => {
    const to = asked.slots[at];
    if (to === undefined || fold(from.text) === fold(to.text)) return [];
    return JSON.stringify(from.meanings) === JSON.stringify(to.meanings) ? [] : [{ from, to }];
  });
}

/**
 * `last year` is another one by now: beside it, the statement may have no days but those that the question
 * means today, or, of a question that states a year, those of that and of the one before it.
 */
function isStillMeant({ sql }: TextToSqlItem, { quantities }: Retrieval): boolean {
  const periods = quantities.filter((one) => one.kind === 'period');
  const stated = periods.filter(({ relative }) => !relative);
  if (stated.length === periods.length) return true;
  const before = stated.map(({ from }) => periodAround(from, 'year', -1));
  const tokens = tokenizeSql(sql);
  return (
    writesOnly(tokens, periods) || (before.length > 0 && writesOnly(tokens, [...stated, ...before]))
  );
}
