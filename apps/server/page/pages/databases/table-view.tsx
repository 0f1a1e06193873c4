/** One table: columns with types, meaning, keys and contents, and its first rows. */

import { DataText } from '../../parts/data-text.tsx';
import { isolated } from '../../parts/direction.ts';
import { counted } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Tag } from '../../parts/panels.tsx';
import { ColumnContents } from './column-contents.tsx';
import type { Column, Table, TableProfile } from './database-types.ts';
import { type Describing, Meaning } from './meaning.tsx';
import { SampleRows } from './sample-rows.tsx';
import { text } from './text.ts';

export interface TableViewProps {
  readonly database: string;
  readonly table: Table;
  readonly profile: TableProfile | undefined;
  readonly describing: Describing | null;
  readonly onChoose: (table: string) => void;
}

export function TableView({ database, table, profile, describing, onChoose }: TableViewProps) {
  const words = useText(text);
  const { name, comment, rowCount, columns } = table;
  return (
    <section class="table-view" aria-label={isolated(name)}>
      <h2>
        <DataText>{name}</DataText>{' '}
        <span class="fine">
          {rowCount === undefined ? words.view : counted(rowCount, words.row, words.rowMany)}
        </span>
      </h2>
      <Meaning {...{ table: name, column: null, comment, describing }} />
      <ul class="columns">
        {columns.map((column) => (
          <li key={column.name} class="column">
            <ColumnHead {...{ column, table, describing, onChoose }} />
            <ColumnContents
              name={column.name}
              samples={column.samples}
              rows={profile?.rows ?? 0}
              profile={profile?.columns.find((one) => one.name === column.name)}
            />
          </li>
        ))}
      </ul>
      <SampleRows database={database} table={table} />
    </section>
  );
}

function ColumnHead({
  column,
  table,
  describing,
  onChoose,
}: Pick<TableViewProps, 'table' | 'describing' | 'onChoose'> & { readonly column: Column }) {
  const words = useText(text);
  const { name, type, kind, comment, primaryKey } = column;
  const keys = table.foreignKeys.filter((key) => key.column === name);
  return (
    <div class="column-head">
      <p>
        <strong class="column-name">
          <DataText>{name}</DataText>
        </strong>{' '}
        <span class="column-type">
          <DataText>{(type || kind).toLowerCase()}</DataText>
        </span>{' '}
        {primaryKey && <Tag kind="busy">{words.key}</Tag>}
      </p>
      <Meaning {...{ table: table.name, column: name, comment, describing }} />
      {keys.map((key) => (
        <button
          key={`${key.table}.${key.target}`}
          class="quiet reference"
          type="button"
          aria-label={words.refersTo(isolated(key.table), isolated(key.target))}
          onClick={() => onChoose(key.table)}
        >
          → <DataText>{key.table}</DataText>.<DataText>{key.target}</DataText>
        </button>
      ))}
    </div>
  );
}
