/** What the SQL of an example finds now: a reviewer judges the answer, not only its words. */

import { useState } from 'preact/hooks';
import { sendJson } from '../../parts/api.ts';
import { isolated, marked } from '../../parts/direction.ts';
import { number } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { useLoaded } from '../../parts/use-loaded.ts';
import { text } from './text.ts';
import type { Rows } from './types.ts';

export interface RowsFoundProps {
  readonly question: string;
  readonly database: string;
  readonly sql: string;
  /** Whether they are shown without being asked for. */
  readonly open: boolean;
}

const SHOWN = 8;

export function RowsFound({ question, database, sql, open }: RowsFoundProps) {
  const words = useText(text);
  const [shown, setShown] = useState(open);
  if (shown) return <Found question={question} database={database} sql={sql} />;
  return (
    <button class="quiet" type="button" onClick={() => setShown(true)}>
      {words.showRows}
    </button>
  );
}

function Found({ question, database, sql }: Omit<RowsFoundProps, 'open'>) {
  const words = useText(text);
  const { data, problem } = useLoaded(
    (signal) =>
      sendJson<Rows>(
        'POST',
        `/api/databases/${encodeURIComponent(database)}/query`,
        { sql },
        { signal },
      ),
    [database, sql],
  );
  if (problem !== undefined) return <ProblemNotice problem={problem} />;
  if (data === undefined) return <p class="fine">…</p>;
  if (data.rows.length === 0) return <p class="fine">{words.noRows}</p>;
  const some = data.rows.slice(0, SHOWN);
  return (
    <div>
      {(data.rows.length > SHOWN || data.truncated) && (
        <p class="fine">{words.first(number(some.length))}</p>
      )}
      <section
        class="table-scroll"
        aria-label={words.rows + words.of(isolated(question))}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
      >
        <table>
          <thead>
            <tr>
              {data.columns.map((column) => (
                <th key={column}>{marked(column)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {some.map((row, i) => (
              <tr key={i}>
                {row.map((cell, k) => (
                  <td
                    key={data.columns[k]}
                    class={cell === null ? 'null' : typeof cell === 'number' ? 'number' : ''}
                  >
                    {cell === null ? 'NULL' : marked(String(cell))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
