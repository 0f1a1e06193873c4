import { useState } from 'preact/hooks';
import { isolated } from './direction.ts';
import { Confirm } from './panels.tsx';
import { tellRemoved } from './removed.ts';

export interface RemoveButtonProps {
  /** What is removed, by name; for screen readers. */
  readonly name: string;
  /** The word on both buttons. */
  readonly label: string;
  /** The question, and what comes with it. */
  readonly title: string;
  readonly text: string;
  /** What it throws is shown. */
  readonly onRemove: () => Promise<void>;
}

/** A button that asks before it removes something. */
export function RemoveButton({ name, label, title, text, onRemove }: RemoveButtonProps) {
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    await onRemove();
    tellRemoved(name);
  };
  return (
    <>
      <button
        class="quiet"
        type="button"
        aria-label={`${label} ${isolated(name)}`}
        onClick={() => setAsking(true)}
      >
        {label}
      </button>
      {asking && (
        <Confirm title={title} action={label} onClose={() => setAsking(false)} onConfirm={remove}>
          <p>{text}</p>
        </Confirm>
      )}
    </>
  );
}
