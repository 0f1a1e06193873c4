/** The first rows of a table, read by the guarded query that runs every statement. */
import { sendJson } from '../../parts/api.ts';
import type { Rows } from '../../parts/cells.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { number } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { useLoaded } from '../../parts/use-loaded.ts';
import { apiPath, type Table } from './database-types.ts';
import { text } from './text.ts';

const SHOWN = 10;

interface FirstRows {
  readonly columns: readonly string[];
  readonly rows: Rows;
}

export function SampleRows({
  database,
  table,
}: {
  readonly database: string;
  readonly table: Table;
}) {
  const words = useText(text);
  const { data, problem, reload } = useLoaded(
    (signal) =>
      sendJson<FirstRows>(
        'POST',
        `${apiPath(database)}/query`,
        { sql: `SELECT * FROM ${quoted(table.name)} LIMIT ${SHOWN}`, max_rows: SHOWN },
        { signal },
      ),
    [database, table.name],
  );
  if (problem !== undefined) return <ProblemNotice problem={problem} onRetry={reload} />;
  if (data === undefined) return null;
  const { columns, rows } = data;
  return (
    <section class="sample">
      <h3>
        {words.sample}{' '}
        {table.rowCount !== undefined && rows.length < table.rowCount && (
          <span class="fine">{words.sampleOf(number(rows.length), number(table.rowCount))}</span>
        )}
      </h3>
      <DataTable columns={columns} rows={rows} sortable={false} />
    </section>
  );
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
