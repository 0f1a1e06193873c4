/**
 * Rows to label, by keyboard and mouse: arrows move, a digit labels and goes on, 0 takes back. The row
 * that the keyboard is at shows its labels as buttons.
 */

import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { marked } from '../../parts/direction.ts';
import { useText } from '../../parts/language.ts';
import { Empty } from '../../parts/notice.tsx';
import { GridRow } from './grid-row.tsx';
import { KeyHints, Pager, RowsBar } from './rows-bar.tsx';
import { PIECE } from './rows-shown.ts';
import type { Session } from './session.ts';
import { text } from './text.ts';

interface GridProps {
  readonly session: Session;
}

export function RowsGrid({ session }: GridProps) {
  const words = useText(text);
  const body = useRef<HTMLTableSectionElement>(null);
  const table = session.table.value;
  const rows = session.rows.value;
  const place = session.current.value;
  const { settings } = table;
  const classes = settings?.classes ?? [];
  const target = settings?.target;
  const shown = table.columns.map(({ name }, index) => ({ name, index }));
  const columns = shown.filter(({ name }) => name !== target);
  const inside = useRef(false);
  const scroll = useRef<HTMLDivElement>(null);

  const from = session.passed.value;
  const show = session.show.value;
  useEffect(() => {
    scroll.current?.scrollTo(0, 0);
  }, [from, show, rows[0]?.row]);

  // The keyboard follows the current row, but only once it is in the list. The row may be another by
  // now than the one that was drawn, and focus on an old one would choose it again.
  useLayoutEffect(() => {
    if (!inside.current) return;
    const row = body.current?.rows[session.current.value];
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }, [place, rows]);

  const label = (value: string | null) => {
    // Not the row of the last drawing: keys may come faster than frames.
    session.label(session.current.value, value);
    if (value !== null) void session.move(1);
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.target as HTMLElement).tagName === 'INPUT') return;
    const digit = /^[1-9]$/.test(event.key) ? classes[Number(event.key) - 1] : undefined;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: PIECE, PageUp: -PIECE }[event.key];
    if (digit !== undefined) label(digit);
    else if (event.key === '0' || event.key === 'Backspace' || event.key === 'Delete') label(null);
    else if (step !== undefined) void session.move(step);
    else return;
    event.preventDefault();
  };

  return (
    <section class="rows" aria-label={words.tableLabel}>
      <RowsBar
        session={session}
        onSuggest={() => {
          // Labelling goes on by keyboard.
          inside.current = true;
          void session.suggest();
        }}
      />
      {classes.length > 0 && <KeyHints classes={classes} />}
      {rows.length === 0 ? (
        <Empty title={session.show.value === 'suggested' ? words.noSuggestions : words.noRows} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: keys of the rows inside come up here
        <div
          class="table-scroll grid-scroll"
          ref={scroll}
          onKeyDown={press}
          onFocusIn={() => {
            inside.current = true;
          }}
          onFocusOut={(event) => {
            // Rows that go with the keyboard in them leave it nowhere.
            const to = event.relatedTarget;
            if (to instanceof Node && !event.currentTarget.contains(to)) inside.current = false;
          }}
        >
          {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows are chosen and labelled */}
          <table role="grid" aria-label={words.tableLabel} aria-rowcount={session.total.value}>
            <thead>
              <tr>
                <th class="number">{words.row}</th>
                <th>{marked(target ?? '')}</th>
                {columns.map(({ name }) => (
                  <th key={name}>{marked(name)}</th>
                ))}
              </tr>
            </thead>
            <tbody ref={body}>
              {rows.map((row, i) => (
                <GridRow key={row.row} session={session} row={row} place={i} columns={columns} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > 0 && session.show.value !== 'suggested' && <Pager session={session} />}
    </section>
  );
}
