import { marked } from '../../parts/direction.ts';
import { number } from '../../parts/format.ts';
import { LabelCell } from './label-cell.tsx';
import type { Session } from './session.ts';
import type { Row } from './types.ts';

interface RowProps {
  readonly session: Session;
  readonly row: Row;
  /** Its place in the list. */
  readonly place: number;
  /** The columns beside the target, with their places among a row's cells. */
  readonly columns: readonly { readonly name: string; readonly index: number }[];
}

/** A row to label; the one that the keyboard is at has its classes as buttons. */
export function GridRow({ session, row, place, columns }: RowProps) {
  const isCurrent = place === session.current.value;
  const problems = marked(row.problems.join('; '));
  return (
    <tr
      tabIndex={isCurrent ? 0 : -1}
      aria-selected={isCurrent}
      data-given={row.given !== null}
      onClick={() => session.choose(place)}
      onFocus={() => session.choose(place)}
    >
      <td class="number">
        {number(row.row)}
        {row.problems.length > 0 && (
          <span class="fault" title={problems}>
            {' ⚠'}
            <span class="visually-hidden">{problems}</span>
          </span>
        )}
      </td>
      <td class="label-cell">
        <LabelCell
          row={row}
          opinion={session.opinions.value.get(row.row)}
          classes={isCurrent ? (session.table.value.settings?.classes ?? []) : []}
          onLabel={(value) => {
            session.choose(place);
            session.label(place, value);
          }}
        />
      </td>
      {columns.map(({ name, index }) => (
        <td key={name}>
          <span class="cell">{marked(row.cells[index] ?? '')}</span>
        </td>
      ))}
    </tr>
  );
}
