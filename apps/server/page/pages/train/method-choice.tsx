/** One of the tuning methods, by family, with its paper and what it trains. */
import { useText } from '../../parts/language.ts';
import { Facts, Field } from '../../parts/panels.tsx';
import { text } from './text.ts';
import type { Method } from './train-types.ts';

export interface MethodChoiceProps {
  readonly methods: readonly Method[];
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
}

const FAMILIES = ['low-rank', 'selected', 'input', 'model', 'output'] as const;

export function MethodChoice({ methods, chosen, onChoose }: MethodChoiceProps) {
  const words = useText(text);
  const method = methods.find(({ name }) => name === chosen);
  return (
    <div class="form-grid method">
      <Field label={words.method} help={method?.paper}>
        {(ids) => (
          <div class="select">
            <select
              {...ids}
              value={chosen}
              onChange={({ currentTarget }) => onChoose(currentTarget.value)}
            >
              {FAMILIES.map((family) => (
                <optgroup key={family} label={words.families[family]}>
                  {methods
                    .filter((one) => one.family === family)
                    .map(({ name, type }) => (
                      <option key={name} value={name}>
                        {name.toUpperCase() === type ? name : `${name} (${type})`}
                      </option>
                    ))}
                </optgroup>
              ))}
            </select>
          </div>
        )}
      </Field>
      {method !== undefined && <Facts facts={[[words.trained, method.parameters]]} />}
    </div>
  );
}
