/** All rows: sorted, by pages, as files. */
import type { Rows } from '../../parts/cells.ts';
import { toCsv, toJson } from '../../parts/csv.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { download, fileName } from '../../parts/download.ts';
import { number } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { answerText } from './answer-text.ts';

export interface TableTabProps {
  readonly columns: readonly string[];
  readonly rows: Rows;
  /** Whether there are more rows than these. */
  readonly truncated: boolean;
  /** What the rows answer; names the files. */
  readonly about: string;
}

export function TableTab({ columns, rows, truncated, about }: TableTabProps) {
  const words = useText(answerText);
  const counted = words.rows(rows.length, number(rows.length));
  const csv = () =>
    download(`${fileName(about)}.csv`, toCsv(columns, rows), 'text/csv;charset=utf-8');
  const json = () => download(`${fileName(about)}.json`, toJson(columns, rows), 'application/json');
  return (
    <section class="table-tab" aria-label={words.result}>
      <DataTable columns={columns} rows={rows} />
      {rows.length > 0 && (
        <div class="table-foot">
          <span class={truncated ? 'truncated' : undefined}>
            {truncated ? words.firstRows(counted) : counted}
          </span>
          <span class="actions">
            <button class="quiet" type="button" onClick={csv}>
              {words.csv}
            </button>
            <button class="quiet" type="button" onClick={json}>
              {words.json}
            </button>
          </span>
        </div>
      )}
    </section>
  );
}
