import { useState } from 'preact/hooks';
import { getJson, sendJson } from '../../parts/api.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { useText } from '../../parts/language.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { useLoaded } from '../../parts/use-loaded.ts';
import { EditForm } from './edit-form.tsx';
import { text } from './text.ts';

export interface AddExampleProps {
  readonly onClose: () => void;
  readonly onAdded: () => void;
}

/** A question with known SQL, entered by hand. */
export function AddExample({ onClose, onAdded }: AddExampleProps) {
  const words = useText(text);
  const [database, setDatabase] = useState<string | null>(null);
  const { data, problem } = useLoaded(
    (signal) => getJson<Databases>('/api/databases', { signal }),
    [],
  );
  const usable = (data?.data ?? []).filter((one) => one.problem === null);
  const chosen = database ?? usable[0]?.name ?? '';
  return (
    <Dialog title={words.add} onClose={onClose}>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <EditForm
        question=""
        sql=""
        submit={words.bring}
        onCancel={onClose}
        onSubmit={async (entered) => {
          await sendJson('POST', '/api/examples', { ...entered, database: chosen });
          onAdded();
        }}
      >
        <label>
          <span class="eyebrow">{words.database}</span>
          <span class="select">
            <select value={chosen} onChange={(event) => setDatabase(event.currentTarget.value)}>
              {usable.map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </span>
        </label>
      </EditForm>
    </Dialog>
  );
}

interface Databases {
  readonly data: readonly { readonly name: string; readonly problem: string | null }[];
}
