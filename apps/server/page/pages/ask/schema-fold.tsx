/** Tables and columns of the picked database, folded and filtered. */

import type { Column, Table } from '@quaestor/finsql';
import { useState } from 'preact/hooks';
import { DataText } from '../../parts/data-text.tsx';
import { marked } from '../../parts/direction.ts';
import { number } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { openedTable } from './opened-table.ts';
import { text } from './text.ts';

export function SchemaFold({ tables }: { readonly tables: readonly Table[] }) {
  const words = useText(text);
  const [wanted, setWanted] = useState('');
  const filter = wanted.trim().toLowerCase();
  const shown = tables.filter((table) => wordsOf(table).includes(filter));
  return (
    <details class="schema" open={openedTable.value !== null}>
      <summary>{words.schema}</summary>
      <input
        class="field"
        type="search"
        placeholder={words.filterShort}
        aria-label={words.filter}
        autocomplete="off"
        value={wanted}
        onInput={(event) => setWanted(event.currentTarget.value)}
      />
      <div class="schema-tables">
        {shown.map((table) => (
          <TableFold
            key={table.name}
            table={table}
            open={filter !== '' || openedTable.value === table.name}
          />
        ))}
      </div>
    </details>
  );
}

function TableFold({ table, open }: { readonly table: Table; readonly open: boolean }) {
  const words = useText(text);
  const { name, comment, rowCount, columns, foreignKeys } = table;
  return (
    <details class="schema-table" open={open} id={`table-${name}`}>
      <summary title={marked(comment)}>
        <span class="name">
          <DataText>{name}</DataText>
        </span>
        {rowCount !== undefined && (
          <span class="amount">{words.rows(rowCount, number(rowCount))}</span>
        )}
      </summary>
      {comment !== '' && <p class="comment">{marked(readable(comment))}</p>}
      <ul>
        {columns.map((column) => (
          <li key={column.name}>
            <span class="name">
              <DataText>{column.name}</DataText>
            </span>
            <span class="type">
              <DataText>{typeOf(column, words.key)}</DataText>
            </span>
            {column.comment !== '' && (
              <span class="comment">
                <DataText>{readable(column.comment)}</DataText>
              </span>
            )}
            {foreignKeys
              .filter((key) => key.column === column.name)
              .map((key) => (
                <span class="comment" key={`${key.table}.${key.target}`}>
                  → <DataText>{key.table}</DataText>.<DataText>{key.target}</DataText>
                </span>
              ))}
          </li>
        ))}
      </ul>
    </details>
  );
}

const typeOf = ({ type, primaryKey }: Column, key: string) =>
  primaryKey ? `${type} ${key}` : type;

const wordsOf = ({ name, comment, columns }: Table) =>
  [name, comment, ...columns.flatMap((column) => [column.name, column.comment])]
    .join(' ')
    .toLowerCase();

/** Comments in two languages are written `English | Chinese`. */
export const readable = (comment: string) => comment.replaceAll(' | ', ', ');
