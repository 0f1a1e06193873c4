/** Pieces of pages that show things of the server: head, panel, facts, tags, a question before acting. */
import { marked } from './direction.ts';
import './panels.css';
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { Dialog } from './dialog.tsx';
import { useText } from './language.ts';
import { ProblemNotice } from './notice.tsx';

export interface PageHeadProps {
  readonly title: string;
  /** One sentence. */
  readonly lede?: ComponentChildren;
  /** What can be done, to the right. */
  readonly children?: ComponentChildren;
}

export function PageHead({ title, lede, children }: PageHeadProps) {
  return (
    <header class="page-head">
      <div>
        <h1>{marked(title)}</h1>
        {lede !== undefined && <p class="lede">{lede}</p>}
      </div>
      {children !== undefined && <div class="actions">{children}</div>}
    </header>
  );
}

export interface PanelProps {
  readonly title: string;
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A titled card. */
export function Panel({ title, aside, children }: PanelProps) {
  const id = useId();
  return (
    <section class="card panel" aria-labelledby={id}>
      <header class="panel-head">
        <h2 id={id}>{title}</h2>
        {aside !== undefined && <div class="panel-aside">{aside}</div>}
      </header>
      {children}
    </section>
  );
}

export type Fact = readonly [name: string, value: ComponentChildren];

/** Names and values; those without a value are left out. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

export interface TagProps {
  readonly kind?: 'plain' | 'good' | 'busy' | 'bad';
  readonly children: ComponentChildren;
}

/** A word or two about a state. */
export function Tag({ kind = 'plain', children }: TagProps) {
  return (
    <span class="tag" data-kind={kind}>
      {children}
    </span>
  );
}

export interface FieldProps {
  readonly label: string;
  readonly help?: ComponentChildren;
  /** Called with the ids for the control and its help. */
  readonly children: (ids: { id: string; 'aria-describedby'?: string }) => ComponentChildren;
}

/** A labelled control of a form. */
export function Field({ label, help, children }: FieldProps) {
  const id = useId();
  return (
    <div class="form-field">
      <label for={id}>{label}</label>
      {children({ id, ...(help !== undefined && { 'aria-describedby': `${id}-help` }) })}
      {help !== undefined && (
        <p class="fine" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}

const text = { en: { cancel: 'Cancel' }, zh: { cancel: '取消' } };

export interface ConfirmProps {
  readonly title: string;
  readonly action: string;
  readonly onClose: () => void;
  /** Closes when it succeeds; what it throws is shown. */
  readonly onConfirm: () => Promise<void>;
  readonly children: ComponentChildren;
}

/** Asks before something that cannot be taken back. */
export function Confirm({ title, action, onClose, onConfirm, children }: ConfirmProps) {
  const words = useText(text);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const confirm = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <div class="stack">
        {children}
        {problem !== undefined && <ProblemNotice problem={problem} />}
        <div class="actions">
          <button class="danger" type="button" disabled={busy} onClick={confirm}>
            {action}
          </button>
          <button class="secondary" type="button" onClick={onClose}>
            {words.cancel}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
