/** The statement: to read, edit, run behind the server's guard, copy, format, and save as a correction. */
import type { Signal } from '@preact/signals';
import { useMemo, useState } from 'preact/hooks';
import { sendJson } from '../../parts/api.ts';
import type { Rows } from '../../parts/cells.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { duration, number } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Link } from '../../parts/link.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { SqlEditor } from '../../parts/sql-editor.tsx';
import { answerText } from './answer-text.ts';
import { type DatabaseDetail, sqlNames } from './databases.ts';
import { type Judged, sendFeedback } from './feedback.tsx';
import { TableTab } from './table-tab.tsx';

interface QueryResult {
  readonly columns: readonly string[];
  readonly rows: Rows;
  readonly truncated: boolean;
  readonly milliseconds: number;
}

export interface SqlTabProps {
  readonly judged: Judged;
  readonly detail: DatabaseDetail | null;
  /** The statement as it was edited. */
  readonly statement: Signal<string>;
}

type Outcome =
  | { readonly state: 'nothing' | 'working' | 'saved' }
  | { readonly state: 'rows'; readonly result: QueryResult }
  | { readonly state: 'failed'; readonly problem: unknown };

export function SqlTab({ judged, detail, statement }: SqlTabProps) {
  const words = useText(answerText);
  const [outcome, setOutcome] = useState<Outcome>({ state: 'nothing' });
  const names = useMemo(() => (detail === null ? {} : sqlNames(detail)), [detail]);
  const { sql, database, question } = judged;
  const working = outcome.state === 'working';
  const edited = withoutSpace(statement.value) !== withoutSpace(sql);
  const attempt = async (work: () => Promise<Outcome>) => {
    setOutcome({ state: 'working' });
    try {
      setOutcome(await work());
    } catch (problem) {
      setOutcome({ state: 'failed', problem });
    }
  };
  const run = () =>
    attempt(async () => {
      const path = `/api/databases/${encodeURIComponent(database)}/query`;
      return { state: 'rows', result: await sendJson('POST', path, { sql: statement.value }) };
    });
  const save = () =>
    attempt(async () => {
      await sendFeedback(judged, { verdict: 'down', corrected_sql: statement.value });
      return { state: 'saved' };
    });
  const format = async () => {
    const { formatSql } = await import('../../parts/sql-format.ts');
    try {
      statement.value = formatSql(statement.value);
    } catch {
      setOutcome({ state: 'failed', problem: new Error(words.unformatted) });
    }
  };
  return (
    <div class="sql-tab">
      <SqlEditor
        statement={statement}
        label={words.editor}
        names={names}
        onRun={() => void run()}
      />
      <div class="actions">
        <button class="primary" type="button" disabled={working} onClick={() => void run()}>
          {working ? words.running : words.run}
        </button>
        <CopyButton content={() => statement.value} />
        <button class="quiet" type="button" onClick={() => void format()}>
          {words.format}
        </button>
        {edited && (
          <>
            <button class="quiet" type="button" onClick={() => (statement.value = sql)}>
              {words.original}
            </button>
            <button class="secondary" type="button" disabled={working} onClick={() => void save()}>
              {words.save}
            </button>
          </>
        )}
      </div>
      {outcome.state === 'failed' && <ProblemNotice problem={outcome.problem} />}
      {outcome.state === 'saved' && (
        <Notice kind="success">
          {words.saved} <Link href="/examples">{words.review}</Link>
        </Notice>
      )}
      {outcome.state === 'rows' && (
        <>
          <p class="fine" role="status">
            {(outcome.result.truncated ? words.ownFirstRows : words.ownRows)(
              words.rows(outcome.result.rows.length, number(outcome.result.rows.length)),
              duration(outcome.result.milliseconds),
            )}
          </p>
          <TableTab {...outcome.result} about={question} />
        </>
      )}
    </div>
  );
}

/** The statement without the space between its words: what formatting does not change. */
const withoutSpace = (sql: string) =>
  sql
    .split(/('(?:[^']|'')*')/)
    .map((part) => (part.startsWith("'") ? part : part.replace(/\s+/g, '')))
    .join('');
