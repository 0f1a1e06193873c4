import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useText } from '../../parts/language.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { text } from './text.ts';

export interface EditFormProps {
  readonly question: string;
  readonly sql: string;
  readonly submit: string;
  readonly onSubmit: (edited: { readonly question: string; readonly sql: string }) => Promise<void>;
  readonly onCancel: () => void;
  /** More fields, before these. */
  readonly children?: ComponentChildren;
}

/** A question with its SQL, to be written. The server runs the SQL before it takes it. */
export function EditForm(props: EditFormProps) {
  const words = useText(text);
  const [question, setQuestion] = useState(props.question);
  const [sql, setSql] = useState(props.sql);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const send = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await props.onSubmit({ question: question.trim(), sql: sql.trim() });
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <form class="edit" onSubmit={send}>
      {props.children}
      <label>
        <span class="eyebrow">{words.question}</span>
        <input
          class="field"
          required
          maxLength={2000}
          value={question}
          onInput={(event) => setQuestion(event.currentTarget.value)}
        />
      </label>
      <label>
        <span class="eyebrow">{words.sql}</span>
        <textarea
          class="field"
          rows={5}
          required
          spellcheck={false}
          value={sql}
          onInput={(event) => setSql(event.currentTarget.value)}
        />
      </label>
      {problem !== null && <ProblemNotice problem={problem} />}
      <div class="actions">
        <button class="primary" type="submit" disabled={busy}>
          {props.submit}
        </button>
        <button class="secondary" type="button" onClick={props.onCancel}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}
