/** Around the rows to label: which are shown, what keys do, and the pieces before and after. */

import { DataText } from '../../parts/data-text.tsx';
import { number } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import type { Show } from './rows-shown.ts';
import type { Session } from './session.ts';
import { text } from './text.ts';

const SHOWS = ['all', 'unlabelled', 'labelled', 'given', 'problems'] as const;

interface BarProps {
  readonly session: Session;
  readonly onSuggest: () => void;
}

export function RowsBar({ session, onSuggest }: BarProps) {
  const words = useText(text);
  return (
    <div class="rows-bar">
      <label class="shown">
        <span class="visually-hidden">{words.shown}</span>
        <span class="select">
          <select
            value={session.show.value}
            onChange={(event) => void session.read(event.currentTarget.value as Show)}
          >
            {SHOWS.map((show) => (
              <option key={show} value={show}>
                {words.shows[show]}
              </option>
            ))}
            {session.show.value === 'suggested' && (
              <option value="suggested">{words.shows.suggested}</option>
            )}
          </select>
        </span>
      </label>
      <button class="secondary" type="button" onClick={onSuggest}>
        {session.show.value === 'suggested' ? words.again : words.suggest}
      </button>
    </div>
  );
}

/** Keys that label: a digit for each of the first classes. */
export function KeyHints({ classes }: { readonly classes: readonly string[] }) {
  const words = useText(text);
  return (
    <p class="keys fine">
      {words.keys}
      {classes.slice(0, 9).map((name, i) => (
        <span key={name}>
          <kbd>{i + 1}</kbd> <DataText>{name}</DataText>
        </span>
      ))}
      <span>
        <kbd>0</kbd> {words.keysClear}
      </span>
      <span>
        <kbd>↑</kbd> <kbd>↓</kbd> {words.keysMove}
      </span>
    </p>
  );
}

export function Pager({ session }: { readonly session: Session }) {
  const words = useText(text);
  const from = session.passed.value;
  const to = from + session.rows.value.length;
  const total = session.total.value;
  if (from === 0 && to >= total) return null;
  return (
    <div class="pager">
      <button
        class="quiet"
        type="button"
        disabled={from === 0}
        onClick={() => void session.turn('before')}
      >
        {words.previous}
      </button>
      <span class="fine">{words.range(number(from + 1), number(to), number(total))}</span>
      <button
        class="quiet"
        type="button"
        disabled={to >= total}
        onClick={() => void session.turn('after')}
      >
        {words.next}
      </button>
    </div>
  );
}
