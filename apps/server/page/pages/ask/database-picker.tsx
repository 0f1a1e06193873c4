/** The database that is asked, and what it holds. */
import { isolated } from '../../parts/direction.ts';
import { number } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Link } from '../../parts/link.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import type { Loaded } from '../../parts/use-loaded.ts';
import {
  type DatabaseDetail,
  type DatabaseSummary,
  database,
  missing,
  pickDatabase,
} from './databases.ts';
import { SchemaFold } from './schema-fold.tsx';
import { text } from './text.ts';

export interface DatabasePickerProps {
  readonly list: Loaded<readonly DatabaseSummary[]>;
  readonly detail: Loaded<DatabaseDetail | null>;
}

export function DatabasePicker({ list, detail }: DatabasePickerProps) {
  const words = useText(text);
  const usable = list.data?.some(({ problem }) => problem === null) === true;
  const shown = detail.data?.name === database.value ? detail.data : null;
  return (
    <section class="side-data" aria-label={words.database}>
      <label class="eyebrow" for="database">
        {words.database}
      </label>
      <div class="select">
        <select
          id="database"
          disabled={!usable}
          value={database.value}
          onChange={(event) => pickDatabase(event.currentTarget.value)}
        >
          {list.data?.map(({ name, problem }) => (
            <option key={name} value={name} disabled={problem !== null}>
              {problem === null ? isolated(name) : words.unreadable(isolated(name))}
            </option>
          ))}
        </select>
      </div>
      {missing.value !== null && (
        <Notice kind="warning">{words.noSuchDatabase(isolated(missing.value))}</Notice>
      )}
      {list.problem !== undefined && <ProblemNotice problem={list.problem} onRetry={list.reload} />}
      {detail.problem !== undefined && (
        <ProblemNotice problem={detail.problem} onRetry={detail.reload} />
      )}
      {list.data !== undefined && !usable && (
        <p class="counts">
          {words.noDatabases}. <Link href="/databases">{words.upload}</Link>
        </p>
      )}
      {shown !== null && (
        <>
          <p class="counts">{countsOf(shown, words)}</p>
          <SchemaFold key={shown.name} tables={shown.tables} />
        </>
      )}
    </section>
  );
}

function countsOf({ tables }: DatabaseDetail, words: (typeof text)['en']): string {
  const rows = tables.reduce((sum, { rowCount = 0 }) => sum + rowCount, 0);
  const counted = words.tables(tables.length, number(tables.length));
  // Rows of views are not counted.
  return tables.some(({ rowCount }) => rowCount !== undefined)
    ? words.counts(counted, words.rows(rows, number(rows)))
    : counted;
}
