/**
 * CodeMirror for SQLite's SQL; loaded with the first editor. It lives in a shadow root, where its
 * rules are constructed style sheets, which the content security policy has nothing against.
 */
import { SQLite, sql } from '@codemirror/lang-sql';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Signal } from '@preact/signals';
import { basicSetup, EditorView } from 'codemirror';

/** Columns by table: what is offered for completion. */
export type SqlNames = Readonly<Record<string, readonly string[]>>;

export interface SqlCodeOptions {
  /** The statement; follows what is written, and is followed when something else changes it. */
  readonly statement: Signal<string>;
  /** What it is, for screen readers. */
  readonly label: string;
  readonly names: SqlNames;
  /** Ctrl+Enter, or ⌘ and Enter. */
  readonly onRun: () => void;
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
 * Text typed over a selection is put in by the editor. Chromium by itself would give it the looks of
 * what it replaces, as a style that the content security policy reports.
 */
const TYPED_OVER = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { state } = view;
    const { from, to, empty } = state.selection.main;
    const { inputType, data, isComposing } = event;
    if (inputType !== 'insertText' || data === null || empty || isComposing) return false;
    event.preventDefault();
    const typed = () => state.update(state.replaceSelection(data), { userEvent: 'input.type' });
    const handlers = state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, data, typed))) view.dispatch(typed());
    return true;
  },
});

/**
 * An editor inside `place`, which must not have had one before.
 *
 * @returns takes it away
 */
export function sqlCode(place: HTMLElement, options: SqlCodeOptions): () => void {
  const { statement, label, names, onRun } = options;
  const root = place.shadowRoot ?? place.attachShadow({ mode: 'open' });
  const run = () => {
    onRun();
    return true;
  };
  const view = new EditorView({
    doc: statement.peek(),
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
      TYPED_OVER,
      EditorView.contentAttributes.of({ 'aria-label': label }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) statement.value = update.state.doc.toString();
      }),
    ],
  });
  const unfollow = statement.subscribe((next) => {
    if (next === view.state.doc.toString()) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } });
  });
  return () => {
    unfollow();
    view.destroy();
  };
}
