/** The first rows of a table, read by the same guarded query as any statement. */
import { sendJson } from '../../parts/api.ts';
import { number } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { ScrollArea } from '../../parts/scroll-area.tsx';
import { useLoaded } from '../../parts/use-loaded.ts';
import { apiPath, type Table } from './database-types.ts';
import { text } from './text.ts';

const SHOWN = 10;
const LONGEST_CELL = 120;

interface Rows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
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
      sendJson<Rows>(
        'POST',
        `${apiPath(database)}/query`,
        { sql: `SELECT * FROM ${quoted(table.name)} LIMIT ${SHOWN}`, max_rows: SHOWN },
        { signal },
      ),
    [database, table.name],
  );
  if (problem !== undefined) return <ProblemNotice problem={problem} onRetry={reload} />;
  if (data === undefined) return null;
  const numeric = data.columns.map((_, i) =>
    data.rows.every((row) => row[i] === null || typeof row[i] === 'number'),
  );
  return (
    <section class="sample">
      <h3>
        {words.sample}{' '}
        {table.rowCount !== undefined && data.rows.length < table.rowCount && (
          <span class="fine">
            {words.sampleOf(number(data.rows.length), number(table.rowCount))}
          </span>
        )}
      </h3>
      {data.rows.length === 0 ? (
        <p class="fine">{words.noRows}</p>
      ) : (
        <ScrollArea class="table-scroll" label={words.sample}>
          <table>
            <thead>
              <tr>
                {data.columns.map((name, i) => (
                  <th key={name} scope="col" class={numeric[i] ? 'number' : undefined}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.rows.map((row, at) => (
                <tr key={`${at.toString()}`}>
                  {row.map((cell, i) => (
                    <td key={data.columns[i]} class={cellClass(cell, numeric[i] ?? false)}>
                      {cellText(cell)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollArea>
      )}
    </section>
  );
}

function cellClass(cell: unknown, numeric: boolean): string | undefined {
  if (cell === null) return 'null';
  return numeric ? 'number' : undefined;
}

/** Exact, as stored; long texts are cut. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '–';
  const plain = typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  return plain.length > LONGEST_CELL ? `${plain.slice(0, LONGEST_CELL)}…` : plain;
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
