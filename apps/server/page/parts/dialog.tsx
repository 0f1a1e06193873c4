import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { marked } from './direction.ts';
import { useText } from './language.ts';

const text = { en: { close: 'Close' }, zh: { close: '关闭' } };

export interface DialogProps {
  readonly title: string;
  /** Called when it was closed, by Escape or by its button. Stop rendering the dialog then. */
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A modal dialog, open as long as it is rendered; the browser keeps the focus inside. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const words = useText(text);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const cancel = (event: Event) => {
    event.preventDefault();
    onClose();
  };
  return (
    <dialog class="dialog" ref={dialog} aria-labelledby={id} onCancel={cancel}>
      <header class="dialog-head">
        <h2 id={id}>{marked(title)}</h2>
        <button class="quiet" type="button" onClick={onClose} aria-label={words.close}>
          ✕
        </button>
      </header>
      {children}
    </dialog>
  );
}
