/** The label of a row, or what the model guesses; where the keyboard is, the labels to choose from. */

import { DataText } from '../../parts/data-text.tsx';
import { isolated } from '../../parts/direction.ts';
import { percent } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Bar } from '../../parts/meter.tsx';
import { text } from './text.ts';
import type { Opinion, Row } from './types.ts';

export function LabelCell({
  row,
  opinion,
  classes,
  onLabel,
}: {
  readonly row: Row;
  readonly opinion: Opinion | undefined;
  /** Labels to choose from; empty where the keyboard is elsewhere. */
  readonly classes: readonly string[];
  readonly onLabel: (label: string | null) => void;
}) {
  const words = useText(text);
  const label = row.given ?? row.own;
  const probability = Math.max(...(opinion?.probabilities ?? []));
  return (
    <>
      {label !== null ? (
        <span class="label" data-own={row.given === null}>
          <DataText>{label}</DataText>
          <span class="visually-hidden">
            {` (${row.given === null ? words.fromTable : words.byHand})`}
          </span>
        </span>
      ) : (
        opinion !== undefined && (
          <span class="guess">
            <span class="visually-hidden">{words.guess}</span>
            <DataText>{opinion.predicted}</DataText>
            {opinion.probabilities.length > 0 && (
              <>
                <Bar share={probability} kind="pale" />
                <span class="fine">{percent(probability)}</span>
              </>
            )}
          </span>
        )
      )}
      {classes.length > 0 && (
        <span class="choices">
          {classes.map((name, i) => (
            <button
              key={name}
              type="button"
              class="choice"
              tabIndex={-1}
              aria-pressed={row.given === name}
              title={words.labelAs(isolated(name))}
              onClick={(event) => {
                event.stopPropagation();
                onLabel(name);
              }}
            >
              {i < 9 && <kbd>{i + 1}</kbd>} <DataText>{name}</DataText>
            </button>
          ))}
          {row.given !== null && (
            <button
              type="button"
              class="choice"
              tabIndex={-1}
              title={words.takeBack}
              onClick={(event) => {
                event.stopPropagation();
                onLabel(null);
              }}
            >
              <kbd>0</kbd> {words.keysClear}
            </button>
          )}
        </span>
      )}
    </>
  );
}
