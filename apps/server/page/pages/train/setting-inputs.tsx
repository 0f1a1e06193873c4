/** Inputs for the settings of a method; what is left as it is keeps its default. */
import { useText } from '../../parts/language.ts';
import { Field } from '../../parts/panels.tsx';
import type { SettingField } from './setting-fields.ts';
import { text } from './text.ts';

export interface SettingInputsProps {
  readonly fields: readonly SettingField[];
  readonly values: Readonly<Record<string, string>>;
  readonly onChange: (name: string, value: string) => void;
}

export function SettingInputs({ fields, values, onChange }: SettingInputsProps) {
  const words = useText(text);
  if (fields.length === 0) return null;
  // What is simple comes first.
  const order = ['number', 'choice', 'boolean', 'text', 'json'];
  const sorted = fields.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return (
    <details class="settings">
      <summary>{words.settings(fields.length)}</summary>
      <div class="form-grid">
        {sorted.map((field) => (
          <SettingInput
            key={field.name}
            field={field}
            value={values[field.name] ?? ''}
            onChange={(value) => onChange(field.name, value)}
          />
        ))}
      </div>
    </details>
  );
}

function SettingInput({
  field,
  value,
  onChange,
}: {
  readonly field: SettingField;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const words = useText(text);
  const { name, help, kind, usual } = field;
  const usually =
    kind === 'boolean' ? (usual === 'true' ? words.yes : words.no) : usual === '' ? null : usual;
  const helps = [help, usually === null ? '' : words.usual(usually)].filter((one) => one !== '');
  return (
    <Field label={name} {...(helps.length > 0 && { help: helps.join(' · ') })}>
      {(ids) => {
        if (kind === 'choice' || kind === 'boolean') {
          const options = kind === 'choice' ? field.choices : ['true', 'false'];
          const label = (one: string) =>
            kind === 'choice' ? one : one === 'true' ? words.yes : words.no;
          return (
            <div class="select">
              <select
                {...ids}
                value={value === '' ? usual : value}
                onChange={({ currentTarget }) => onChange(currentTarget.value)}
              >
                {usual === '' && <option value="" />}
                {options.map((one) => (
                  <option key={one} value={one}>
                    {label(one)}
                  </option>
                ))}
              </select>
            </div>
          );
        }
        return (
          <input
            {...ids}
            class="field"
            type={kind === 'number' ? 'number' : 'text'}
            {...(kind === 'number' && {
              step: field.integer ? 1 : 'any',
              ...(field.minimum !== null && { min: field.minimum }),
              ...(field.maximum !== null && { max: field.maximum }),
            })}
            value={value}
            placeholder={usual}
            onInput={({ currentTarget }) => onChange(currentTarget.value)}
          />
        );
      }}
    </Field>
  );
}
