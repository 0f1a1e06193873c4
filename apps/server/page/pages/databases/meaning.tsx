/** What a table or column means, and its change in place: Enter keeps it, Escape leaves it. */

import { useEffect, useRef, useState } from 'preact/hooks';
import { sendJson } from '../../parts/api.ts';
import { DataText } from '../../parts/data-text.tsx';
import { isolated } from '../../parts/direction.ts';
import { language, useText } from '../../parts/language.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { commentIn, descriptionsPath } from './database-types.ts';
import { text } from './text.ts';

const LONGEST = 500;

/** Changes descriptions and shows the database anew; null where this key may not. */
export interface Describing {
  readonly database: string;
  readonly onDescribed: () => void;
}

export interface MeaningProps {
  readonly table: string;
  /** null: the table itself. */
  readonly column: string | null;
  readonly comment: string;
  readonly describing: Describing | null;
}

export function Meaning({ table, column, comment, describing }: MeaningProps) {
  const words = useText(text);
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    if (wasEditing.current && !editing) button.current?.focus();
    wasEditing.current = editing;
  }, [editing]);
  if (editing && describing !== null) {
    const close = () => setEditing(false);
    return <MeaningForm {...{ table, column, comment, describing }} onClose={close} />;
  }
  const label = comment === '' ? words.describe : words.change;
  return (
    <p class="meaning">
      {comment !== '' && (
        <span class="meaning-text">
          <DataText>{commentIn(comment, language.value)}</DataText>{' '}
        </span>
      )}
      {describing !== null && (
        <button
          ref={button}
          class="quiet"
          type="button"
          aria-label={`${label}: ${isolated(column ?? table)}`}
          onClick={() => setEditing(true)}
        >
          {label}
        </button>
      )}
    </p>
  );
}

function MeaningForm({
  table,
  column,
  comment,
  describing,
  onClose,
}: MeaningProps & { readonly describing: Describing; readonly onClose: () => void }) {
  const words = useText(text);
  const [typed, setTyped] = useState(comment);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  const keep = async (event: Event) => {
    event.preventDefault();
    const meaning = typed.trim();
    if (meaning === comment) {
      onClose();
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      const change = { table, column, text: meaning === '' ? null : meaning };
      const path = descriptionsPath(describing.database);
      await sendJson('PATCH', path, { descriptions: [change] });
      describing.onDescribed();
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <form
      class="meaning-form"
      onSubmit={keep}
      onKeyDown={({ key }) => {
        if (key === 'Escape') onClose();
      }}
    >
      <input
        ref={input}
        class="field"
        maxLength={LONGEST}
        value={typed}
        aria-label={words.meaningOf(isolated(column ?? table))}
        placeholder={words.meaningHint}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <div class="actions">
        <button class="secondary" type="submit" disabled={busy}>
          {words.save}
        </button>
        <button class="quiet" type="button" onClick={onClose}>
          {words.cancel}
        </button>
      </div>
      {problem !== undefined && <ProblemNotice problem={problem} />}
    </form>
  );
}
