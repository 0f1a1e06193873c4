/**
 * CodeMirror for SQLite's SQL; loaded with the first editor. It lives in a shadow root, where its
 * rules are constructed style sheets, which the content security policy has nothing against.
 */
import { SQLite, sql } from '@codemirror/lang-sql';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { basicSetup, EditorView } from 'codemirror';

/** Columns by table: what is offered for completion. */
export type SqlNames = Readonly<Record<string, readonly string[]>>;

export interface SqlCodeOptions {
  readonly value: string;
  /** What it is, for screen readers. */
  readonly label: string;
  readonly names: SqlNames;
  readonly onChange: (value: string) => void;
  /** Ctrl+Enter, or ⌘ and Enter. */
  readonly onRun: () => void;
}

export interface SqlCode {
  /** Puts another statement in its place; the change can be undone. */
  setValue(value: string): void;
  destroy(): void;
}

const THEME = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--sunken)', borderRadius: '12px' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '1px' },
  '.cm-scroller': { font: '13.5px / 1.65 var(--mono)', padding: '8px 0' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { color: 'var(--ink-2)', backgroundColor: 'transparent', border: '0' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { backgroundColor: 'var(--selection)' },
  '.cm-selectionMatch, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-soft)' },
  '.cm-tooltip': {
    color: 'var(--ink)',
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--line-strong)',
    borderRadius: '8px',
    overflow: 'hidden',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    color: 'var(--on-accent)',
    backgroundColor: 'var(--accent)',
  },
  '.cm-panels': { color: 'var(--ink)', backgroundColor: 'var(--surface)' },
});

const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: 'var(--accent)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--gold)' },
  { tag: tags.comment, color: 'var(--ink-2)', fontStyle: 'italic' },
]);

/**
 * Where the browser knows it, editing without formats: else Chromium gives text that is typed over
 * coloured text a style of its own, which the content security policy reports.
 */
const EDITABLE: Record<string, string> = takesPlainText()
  ? { contenteditable: 'plaintext-only' }
  : {};

function takesPlainText(): boolean {
  try {
    document.createElement('div').contentEditable = 'plaintext-only';
    return true;
  } catch {
    return false;
  }
}

/** An editor inside `place`, which must not have had one before. */
export function sqlCode(place: HTMLElement, options: SqlCodeOptions): SqlCode {
  const { value, label, names, onChange, onRun } = options;
  const root = place.shadowRoot ?? place.attachShadow({ mode: 'open' });
  const run = () => {
    onRun();
    return true;
  };
  const view = new EditorView({
    doc: value,
    parent: root,
    root,
    extensions: [
      keymap.of([{ key: 'Mod-Enter', run }]),
      basicSetup,
      sql({
        dialect: SQLite,
        schema: Object.fromEntries(Object.entries(names).map(([name, list]) => [name, [...list]])),
        upperCaseKeywords: true,
      }),
      syntaxHighlighting(COLOURS),
      THEME,
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ ...EDITABLE, 'aria-label': label }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange(update.state.doc.toString());
      }),
    ],
  });
  return {
    setValue: (next) => {
      if (next === view.state.doc.toString()) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } });
    },
    destroy: () => view.destroy(),
  };
}
