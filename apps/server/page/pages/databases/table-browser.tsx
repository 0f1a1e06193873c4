/** The tables of a database beside each other: a list that can be filtered, and the chosen one. */

import { useState } from 'preact/hooks';
import { DataText } from '../../parts/data-text.tsx';
import { counted } from '../../parts/format.ts';
import { language, useText } from '../../parts/language.ts';
import {
  commentIn,
  type DatabaseDetail,
  type DatabaseProfile,
  type Table,
} from './database-types.ts';
import type { Describing } from './meaning.tsx';
import { TableView } from './table-view.tsx';
import { text } from './text.ts';

export interface TableBrowserProps {
  readonly database: DatabaseDetail;
  readonly profile: DatabaseProfile | undefined;
  readonly chosen: string | null;
  readonly describing: Describing | null;
  readonly onChoose: (table: string) => void;
}

export function TableBrowser(props: TableBrowserProps) {
  const { database, profile, chosen, describing, onChoose } = props;
  const words = useText(text);
  const [wanted, setWanted] = useState('');
  const needle = wanted.trim().toLowerCase();
  const { tables } = database;
  const shown = tables.filter((table) => wordsOf(table).includes(needle));
  const table = tables.find(({ name }) => name === chosen) ?? tables[0];
  return (
    <div class="table-browser">
      <nav class="table-list" aria-label={words.tables}>
        {tables.length > 6 && (
          <input
            class="field"
            type="search"
            value={wanted}
            placeholder={words.filter}
            aria-label={words.filter}
            onInput={({ currentTarget }) => setWanted(currentTarget.value)}
          />
        )}
        <ul>
          {shown.map(({ name, comment, rowCount }) => (
            <li key={name}>
              <button
                type="button"
                aria-current={name === table?.name ? 'true' : undefined}
                onClick={() => onChoose(name)}
              >
                <span class="table-name">
                  <DataText>{name}</DataText>
                </span>
                <span class="table-rows">
                  {rowCount === undefined
                    ? words.view
                    : counted(rowCount, words.row, words.rowMany)}
                </span>
                {comment !== '' && (
                  <span class="table-comment">
                    <DataText>{commentIn(comment, language.value)}</DataText>
                  </span>
                )}
              </button>
            </li>
          ))}
        </ul>
        {shown.length === 0 && <p class="fine">{words.noMatch}</p>}
      </nav>
      {table !== undefined && (
        <TableView
          key={table.name}
          database={database.name}
          table={table}
          profile={profile?.tables.find(({ name }) => name === table.name)}
          describing={describing}
          onChoose={onChoose}
        />
      )}
    </div>
  );
}

const wordsOf = ({ name, comment, columns }: Table) =>
  [name, comment, ...columns.flatMap((column) => [column.name, column.comment])]
    .join(' ')
    .toLowerCase();
