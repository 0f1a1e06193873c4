/** One example: the question, its SQL, what it finds and who sent it; approved, rejected or edited. */

import { useState } from 'preact/hooks';
import { sendJson } from '../../parts/api.ts';
import { DataText } from '../../parts/data-text.tsx';
import { isolated, marked } from '../../parts/direction.ts';
import { ago } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Link } from '../../parts/link.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { EditForm } from './edit-form.tsx';
import { RowsFound } from './rows-found.tsx';
import { text } from './text.ts';
import type { Example } from './types.ts';

export interface ExampleCardProps {
  readonly example: Example;
  /** @param word what happened, to be read out */
  readonly onChanged: (example: Example, word: string) => void;
}

export function ExampleCard({ example, onChanged }: ExampleCardProps) {
  const words = useText(text);
  const [editing, setEditing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const { id, state, question, sql, database, source, author, reviewer, notes } = example;
  const named = (who: string) => (who === 'local' ? words.local : who);

  const review = async (to: 'approve' | 'reject') => {
    setBusy(true);
    setProblem(null);
    // What is approved is what stands here, whoever edits it meanwhile.
    const seen = to === 'approve' ? { question, sql } : {};
    try {
      const reviewed = await sendJson<Example>('POST', `/api/examples/${id}/${to}`, seen);
      onChanged(reviewed, to === 'approve' ? words.approved : words.rejected);
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  if (editing) {
    return (
      <article class="card">
        <EditForm
          question={question}
          sql={sql}
          submit={words.save}
          onCancel={() => setEditing(false)}
          onSubmit={async (edited) => {
            const path = `/api/examples/${id}/edit`;
            const reply = await sendJson<{ example: Example }>('POST', path, edited);
            setEditing(false);
            onChanged(reply.example, words.changed);
          }}
        />
      </article>
    );
  }
  return (
    <article class="card" aria-label={marked(question)}>
      <h2>{marked(question)}</h2>
      <p class="fine">
        <Link href={`/databases/${encodeURIComponent(database)}`}>
          <DataText>{database}</DataText>
        </Link>
        {` · ${words.sources[source]} · ${words.by(isolated(named(author)))} · ${ago(example.created_at)}`}
        {reviewer !== null && ` · ${words.reviewedBy(isolated(named(reviewer)))}`}
      </p>
      <pre class="example-sql">{marked(sql)}</pre>
      <RowsFound key={sql} {...{ question, database, sql }} open={state === 'pending'} />
      {notes.length > 0 && (
        <Notice kind="warning">
          {notes.map((note) => (
            <p key={note}>{marked(note)}</p>
          ))}
        </Notice>
      )}
      {problem !== null && <ProblemNotice problem={problem} />}
      <div class="actions">
        {state !== 'approved' && (
          <button
            class="primary"
            type="button"
            disabled={busy}
            aria-label={words.approve + words.of(isolated(question))}
            onClick={() => void review('approve')}
          >
            {words.approve}
          </button>
        )}
        {state === 'pending' && (
          <button
            class="secondary"
            type="button"
            disabled={busy}
            aria-label={words.edit + words.of(isolated(question))}
            onClick={() => setEditing(true)}
          >
            {words.edit}
          </button>
        )}
        {state !== 'rejected' && (
          <button
            class={state === 'approved' ? 'danger' : 'secondary'}
            type="button"
            disabled={busy}
            aria-label={
              (state === 'approved' ? words.takeBack : words.reject) + words.of(isolated(question))
            }
            onClick={() => void review('reject')}
          >
            {state === 'approved' ? words.takeBack : words.reject}
          </button>
        )}
      </div>
    </article>
  );
}
