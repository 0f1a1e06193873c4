/** The row that the keyboard is at: what the model says of it, and why, in words. */

import { useRef } from 'preact/hooks';
import { DataText } from '../../parts/data-text.tsx';
import { isolated, marked } from '../../parts/direction.ts';
import { fixed, number, percent } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Bar } from '../../parts/meter.tsx';
import type { Session } from './session.ts';
import { text } from './text.ts';
import type { Opinion, Reason, ReasonCell } from './types.ts';

export function ThisRow({ session }: { readonly session: Session }) {
  const words = useText(text);
  const row = session.rows.value[session.current.value];
  const why = session.why.value;
  const { settings } = session.table.value;
  if (row === undefined || settings === null) return null;
  const opinion = why?.row === row.row ? why : null;
  const isQuantity = settings.kind === 'quantity';
  if (opinion === null && row.problems.length === 0 && !isQuantity) return null;
  return (
    <section class="card" aria-labelledby="this-row">
      <h2 id="this-row">
        {words.thisRow} {number(row.row)}
      </h2>
      {row.problems.map((problem) => (
        <p key={problem} class="fault-text">
          {marked(problem)}
        </p>
      ))}
      {isQuantity && <ValueForm key={row.row} session={session} given={row.given} />}
      {opinion !== null && (
        <WhatItSays opinion={opinion} classes={session.fit.value?.classes ?? []} />
      )}
    </section>
  );
}

function WhatItSays({
  opinion,
  classes,
}: {
  readonly opinion: Opinion;
  readonly classes: readonly string[];
}) {
  const words = useText(text);
  const { probabilities, predicted, interval, learned_from, reasons } = opinion;
  const ranked = classes
    .map((name, i) => ({ name, share: probabilities[i] ?? 0 }))
    .sort((a, b) => b.share - a.share)
    .slice(0, 6);
  return (
    <>
      {probabilities.length > 0 ? (
        <dl class="shares">
          {ranked.map(({ name, share }) => (
            <div key={name} data-first={name === predicted}>
              <dt>
                <DataText>{name}</DataText>
              </dt>
              <dd>
                <Bar share={share} kind={name === predicted ? 'accent' : 'pale'} />
                <span>{percent(share, 1)}</span>
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p class="quantity">
          <DataText>{predicted}</DataText>
          {interval !== null && (
            <span class="fine"> {words.between(short(interval[0]), short(interval[1]))}</span>
          )}
        </p>
      )}
      {learned_from && <p class="fine">{words.fromIt}</p>}
      <h3 class="eyebrow">{words.why}</h3>
      {reasons.length === 0 ? (
        <p class="fine">{words.noReasons}</p>
      ) : (
        <ul class="reasons">
          {reasons.map((reason) => (
            <li key={`${reason.column} ${reason.beside?.column ?? ''}`}>{inWords(reason)}</li>
          ))}
        </ul>
      )}
    </>
  );

  function cellInWords({ column, cell }: ReasonCell) {
    return cell.trim() === ''
      ? words.missingCell(isolated(column))
      : words.cellIs(isolated(column), isolated(clipped(cell.trim())));
  }

  function inWords({ beside, with: whole, without, ...cell }: Reason) {
    const own = cellInWords(cell);
    const said = beside === null ? own : words.cellBeside(own, cellInWords(beside));
    const more = whole > without;
    if (probabilities.length === 0) {
      return (
        <>
          {words.reason(said, more ? words.raises : words.lowers)}{' '}
          <span class="fine">{words.fromTo(short(without), short(whole), beside !== null)}</span>
        </>
      );
    }
    return (
      <>
        {words.reason(
          said,
          more ? words.speaksFor(isolated(predicted)) : words.speaksAgainst(isolated(predicted)),
        )}{' '}
        <span class="fine">{words.fromTo(fixed(without), fixed(whole), beside !== null)}</span>
      </>
    );
  }
}

function ValueForm({
  session,
  given,
}: {
  readonly session: Session;
  readonly given: string | null;
}) {
  const words = useText(text);
  const input = useRef<HTMLInputElement>(null);
  const set = (event: Event) => {
    event.preventDefault();
    const value = input.current?.value.trim() ?? '';
    session.label(session.current.value, value === '' ? null : value);
  };
  return (
    <form class="value-form" onSubmit={set}>
      <input
        class="field"
        ref={input}
        inputMode="decimal"
        defaultValue={given ?? ''}
        aria-label={words.value}
        placeholder={words.value}
      />
      <button class="secondary" type="submit">
        {words.setValue}
      </button>
    </form>
  );
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function clipped(cell: string): string {
  return cell.length > 60 ? `${cell.slice(0, 59)}…` : cell;
}
