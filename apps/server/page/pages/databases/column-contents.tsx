/** What stands in a column: gaps, differences, range; frequent values as bars, numbers as a histogram. */

import { DataText } from '../../parts/data-text.tsx';
import { isolated, marked } from '../../parts/direction.ts';
import { number, percent } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Bar } from '../../parts/meter.tsx';
import type { ColumnProfile } from './database-types.ts';
import { text } from './text.ts';

export interface ColumnContentsProps {
  readonly name: string;
  readonly samples: readonly string[];
  readonly rows: number;
  readonly profile: ColumnProfile | undefined;
}

export function ColumnContents({ name, samples, rows, profile }: ColumnContentsProps) {
  if (profile === undefined || rows === 0) {
    return <p class="column-samples">{samples.slice(0, 3).map(isolated).join(' · ')}</p>;
  }
  const { frequent, histogram } = profile;
  // Numbers with few different values are names of something: their frequencies say more.
  const few = profile.distinct !== null && profile.distinct <= 8;
  return (
    <div class="column-contents">
      <Figures profile={profile} rows={rows} />
      {histogram !== null && !few ? (
        <Histogram name={name} parts={histogram} low={profile.min} high={profile.max} />
      ) : frequent.length > 0 ? (
        <Frequent values={frequent.slice(0, 4)} rows={rows} />
      ) : (
        <p class="column-samples">{samples.slice(0, 3).map(isolated).join(' · ')}</p>
      )}
    </div>
  );
}

function Figures({ profile, rows }: { readonly profile: ColumnProfile; readonly rows: number }) {
  const words = useText(text);
  const { nulls, distinct, min, max } = profile;
  const filled = rows - nulls;
  const parts = [
    distinct === null || filled === 0
      ? null
      : distinct === filled && distinct > 1
        ? words.unique
        : words.distinct(number(distinct)),
    nulls > 0 ? words.nulls(percent(nulls / rows, nulls / rows < 0.01 ? 1 : 0)) : null,
    min === null || max === null || min === max ? null : words.range(short(min), short(max)),
  ];
  return <p class="column-figures">{parts.filter((part) => part !== null).join(' · ')}</p>;
}

function Frequent({
  values,
  rows,
}: {
  readonly values: ColumnProfile['frequent'];
  readonly rows: number;
}) {
  return (
    <ul class="frequent">
      {values.map(({ value, count }) => (
        <li key={value} class="frequent-row">
          <span class="frequent-value" title={marked(value)}>
            <DataText>{value}</DataText>
          </span>
          <Bar share={count / rows} />
          <span class="frequent-count">{number(count)}</span>
        </li>
      ))}
    </ul>
  );
}

const WIDTH = 180;
const HEIGHT = 34;

function Histogram({
  name,
  parts,
  low,
  high,
}: {
  readonly name: string;
  readonly parts: readonly number[];
  readonly low: string | number | null;
  readonly high: string | number | null;
}) {
  const words = useText(text);
  const most = Math.max(...parts);
  const each = WIDTH / parts.length;
  return (
    <svg
      class="histogram"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={words.histogram(isolated(name), short(low), short(high))}
    >
      {parts.map((count, i) => {
        // One that has any rows can be seen.
        const height = count === 0 ? 0 : Math.max(1.5, (count / most) * (HEIGHT - 1));
        return (
          <rect
            key={`${i.toString()}`}
            x={i * each + 0.5}
            y={HEIGHT - 1 - height}
            width={each - 1}
            height={height}
          />
        );
      })}
      <line x1="0" x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
    </svg>
  );
}

function short(value: string | number | null): string {
  if (typeof value === 'number') return number(value, Math.abs(value) < 100 ? 3 : 1);
  const plain = value ?? '';
  return isolated(plain.length > 24 ? `${plain.slice(0, 23)}…` : plain);
}
