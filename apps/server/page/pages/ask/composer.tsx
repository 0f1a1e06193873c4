/** Where a question is written: suggestions as one types, Enter asks, Escape stops. */

import type { Signal } from '@preact/signals';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { marked } from '../../parts/direction.ts';
import { useText } from '../../parts/language.ts';
import { suggest } from './suggestions.ts';
import { text } from './text.ts';

export interface ComposerProps {
  readonly draft: Signal<string>;
  /** Questions to suggest. */
  readonly known: readonly string[];
  readonly busy: boolean;
  /** Whether something was asked before. */
  readonly following: boolean;
  readonly onAsk: (question: string) => void;
  readonly onStop: () => void;
}

export function Composer({ draft, known, busy, following, onAsk, onStop }: ComposerProps) {
  const words = useText(text);
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const [offered, setOffered] = useState<readonly string[]>([]);
  const [active, setActive] = useState(-1);
  useFocusKey(box);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [draft.value]);

  const offer = (questions: readonly string[]) => {
    setOffered(questions);
    setActive(-1);
  };
  const type = (value: string) => {
    draft.value = value;
    offer(suggest(value, known));
  };
  const submit = (question: string) => {
    offer([]);
    draft.value = question;
    if (question.trim() === '') box.current?.focus();
    else if (!busy) onAsk(question.trim());
  };
  const stop = () => {
    onStop();
    box.current?.focus();
  };
  const move = (by: number) => {
    // One place more than there are suggestions: what was typed itself.
    const places = offered.length + 1;
    setActive(((active + 1 + by + places) % places) - 1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While a Chinese input method composes, keys belong to it.
    if (event.isComposing || event.keyCode === COMPOSING) return;
    const open = offered.length > 0;
    if (event.key === 'Enter' && !event.shiftKey) submit(offered[active] ?? draft.value);
    else if (event.key === 'ArrowDown' && open) move(1);
    else if (event.key === 'ArrowUp' && open) move(-1);
    else if (event.key === 'Tab' && active >= 0) type(offered[active] ?? draft.value);
    else if (event.key === 'Escape' && open) {
      event.stopPropagation();
      offer([]);
    } else return;
    event.preventDefault();
  };

  return (
    <form
      class="ask-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit(draft.value);
      }}
    >
      <div class="box">
        <textarea
          id="question"
          ref={box}
          rows={1}
          maxLength={2000}
          value={draft.value}
          placeholder={following ? words.followUp : words.placeholder}
          autocomplete="off"
          spellcheck={false}
          aria-label={words.title}
          aria-describedby={`${id}-keys`}
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
          onInput={(event) => type(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onBlur={() => offer([])}
        />
        {/* By their keys they are two elements: one that becomes a submit button during its click submits. */}
        {busy ? (
          <button key="stop" class="secondary" type="button" onClick={stop}>
            {words.stop}
          </button>
        ) : (
          <button key="ask" class="primary" type="submit">
            {words.ask}
          </button>
        )}
        <div
          class="suggestions"
          id={`${id}-list`}
          role="listbox"
          aria-label={words.suggestions}
          hidden={offered.length === 0}
        >
          {offered.map((question, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled where the focus is, in the text
            <div
              key={question}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => submit(question)}
            >
              {marked(question)}
            </div>
          ))}
        </div>
      </div>
      <p class="one-at-a-time" role="status">
        {busy && draft.value.trim() !== '' && words.oneAtATime}
      </p>
      <p class="keys" id={`${id}-keys`}>
        <kbd>Enter</kbd> {words.keys.asks} · <kbd>Shift</kbd>+<kbd>Enter</kbd> {words.keys.line} ·{' '}
        <kbd>Esc</kbd> {words.keys.stops} · <kbd>/</kbd> {words.keys.back}
      </p>
      <p class="visually-hidden" role="status">
        {offered.length > 0 ? words.offered(offered.length) : ''}
      </p>
    </form>
  );
}

/** What browsers without `isComposing` report. */
const COMPOSING = 229;

/** `/` comes back to the question from wherever nothing is written. */
function useFocusKey(box: { readonly current: HTMLTextAreaElement | null }): void {
  useEffect(() => {
    box.current?.focus({ preventScroll: true });
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isWriting(event)) return;
      event.preventDefault();
      box.current?.focus();
    };
    document.addEventListener('keydown', focus);
    return () => document.removeEventListener('keydown', focus);
  }, []);
}

function isWriting(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select'))
  );
}
