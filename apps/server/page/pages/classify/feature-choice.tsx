import { DataText } from '../../parts/data-text.tsx';
import { isolated } from '../../parts/direction.ts';
import { number } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { text } from './text.ts';
import type { Column } from './types.ts';

interface ChoiceProps {
  readonly columns: readonly Column[];
  /** What is predicted, and so not learned from as long as it is. */
  readonly target: string;
  /** Names. */
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (names: ReadonlySet<string>) => void;
}

/** The columns that are learned from, each with what it holds. */
export function FeatureChoice({ columns, target, chosen, onChoose }: ChoiceProps) {
  const words = useText(text);
  const toggle = (name: string) => {
    const next = new Set(chosen);
    if (!next.delete(name)) next.add(name);
    onChoose(next);
  };
  return (
    <fieldset>
      <legend class="eyebrow">{words.from}</legend>
      <div class="actions">
        <button
          class="quiet"
          type="button"
          onClick={() => onChoose(new Set(columns.map(({ name }) => name)))}
        >
          {words.allColumns}
        </button>
        <button class="quiet" type="button" onClick={() => onChoose(new Set())}>
          {words.noColumns}
        </button>
      </div>
      <ul class="features">
        {columns
          .filter(({ name }) => name !== target)
          .map((column) => (
            <li key={column.name}>
              <label>
                <input
                  type="checkbox"
                  checked={chosen.has(column.name)}
                  onChange={() => toggle(column.name)}
                />
                <DataText>{column.name}</DataText>
                <span class="fine">{about(column)}</span>
              </label>
            </li>
          ))}
      </ul>
    </fieldset>
  );

  function about({ kind, role, missing, range, distinct }: Column): string {
    if (distinct === 0) return words.empty;
    return [
      words.kinds[kind],
      ...(range === null ? [] : [range.map(isolated).join(' – ')]),
      ...(kind === 'category' ? [words.different(number(distinct))] : []),
      ...(missing > 0 ? [words.missing(number(missing))] : []),
      ...(role === 'feature' ? [] : [words.notUseful[role]]),
    ].join(' · ');
  }
}
