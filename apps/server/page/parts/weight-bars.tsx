/** Weights as bars to both sides of nothing. */
import './weight-bars.css';
import { fixed } from './format.ts';

export interface WeightBarsProps {
  readonly label: string;
  readonly names: readonly string[];
  readonly weights: readonly number[];
  /** Largest magnitude that there can be. */
  readonly bound: number;
}

const HALF = 100;

export function WeightBars({ label, names, weights, bound }: WeightBarsProps) {
  return (
    <figure class="weights">
      <figcaption>{label}</figcaption>
      <ul>
        {names.map((name, i) => {
          const weight = weights[i] ?? 0;
          const length = Math.min(1, Math.abs(weight) / bound) * HALF;
          return (
            <li key={name}>
              <span class="weight-name">{name}</span>
              <svg viewBox={`0 0 ${2 * HALF} 12`} preserveAspectRatio="none" aria-hidden="true">
                <rect class="room" x="0" y="4.5" width={2 * HALF} height="3" />
                <rect
                  class="weight"
                  data-sign={weight < 0 ? 'minus' : 'plus'}
                  x={weight < 0 ? HALF - length : HALF}
                  y="1"
                  width={length}
                  height="10"
                />
                <rect class="middle" x={HALF - 0.5} y="0" width="1" height="12" />
              </svg>
              <span class="weight-value">{fixed(weight, 2)}</span>
            </li>
          );
        })}
      </ul>
    </figure>
  );
}
