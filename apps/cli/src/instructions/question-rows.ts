/** Text-to-SQL sets as labelled rows: schema, question, SQL. */
import { buildTrainingExamples, type TextToSqlSet } from '@quaestor/finsql';
import type { InstructionTask, LabelledRow } from '@quaestor/peft';

/** Wordings of the task; the fields are those of `questionRows`. */
export const QUESTION_TASK: InstructionTask = {
  templates: [
    {
      instruction:
        'Write a SQLite query that answers the question, given the tables of a database.',
      input: '{schema}\n\n{question}',
      output: '{sql}',
    },
    {
      instruction:
        'These are tables of a database:\n\n{schema}\n\nTranslate the question into SQL.',
      input: '{question}',
      output: '{sql}',
    },
    {
      instruction: '{question}\nAnswer with one SQL statement over the tables below.',
      input: '{schema}',
      output: '{sql}',
    },
  ],
};

/**
 * Each question with the tables that it needs among others that look likely, as a prompt of the
 * pipeline shows them.
 *
 * @param budget tokens of schema and question together
 * @returns the rows, and how many questions were left out because their SQL does not run
 */
export function questionRows(
  set: TextToSqlSet,
  { seed, budget }: { readonly seed: number; readonly budget: number },
): { readonly rows: readonly LabelledRow[]; readonly skipped: number } {
  const built = buildTrainingExamples(set, { seed, budget, withoutExemplar: 1 });
  const rows = built.examples.map(({ prompt, completion, db, question }) => ({
    // A prompt without exemplar is the schema and then one question.
    schema: prompt.slice(0, prompt.indexOf('\nQ: ')),
    question,
    sql: completion.trim(),
    database: db,
  }));
  return { rows, skipped: built.skipped.length };
}
