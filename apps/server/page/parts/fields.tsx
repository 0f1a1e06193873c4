/** Labelled fields of forms that keep what is typed as text. */
import type { ComponentChildren } from 'preact';
import { Field } from './panels.tsx';

interface TypedProps {
  readonly label: string;
  readonly help?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export interface NumberFieldProps extends TypedProps {
  readonly min: number;
  readonly max?: number;
  readonly required?: boolean;
}

export function NumberField({ label, help, value, onChange, ...limits }: NumberFieldProps) {
  return (
    <Field label={label} {...(help !== undefined && { help })}>
      {(ids) => (
        <input
          {...ids}
          {...limits}
          class="field"
          type="number"
          value={value}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** A name that an adapter may have. */
export function AdapterNameField({ label, help, value, onChange }: TypedProps) {
  return (
    <Field label={label} {...(help !== undefined && { help })}>
      {(ids) => (
        <input
          {...ids}
          class="field"
          required
          maxLength={100}
          pattern="[A-Za-z0-9][A-Za-z0-9._\-]*"
          value={value}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    </Field>
  );
}

export interface ChoiceFieldProps extends TypedProps {
  /** Its options. */
  readonly children: ComponentChildren;
}

export function ChoiceField({ label, help, value, onChange, children }: ChoiceFieldProps) {
  return (
    <Field label={label} {...(help !== undefined && { help })}>
      {(ids) => (
        <div class="select">
          <select
            {...ids}
            value={value}
            onChange={({ currentTarget }) => onChange(currentTarget.value)}
          >
            {children}
          </select>
        </div>
      )}
    </Field>
  );
}
