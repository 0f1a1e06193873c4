import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { useText } from '../../parts/language.ts';
import { text } from './text.ts';

export interface DropZoneProps {
  readonly onFile: (file: File) => void;
  readonly busy: boolean;
  /** How far it is. */
  readonly children?: ComponentChildren;
}

/** Takes a file by dropping it, or by choosing it, which needs no mouse. */
export function DropZone({ onFile, busy, children }: DropZoneProps) {
  const words = useText(text);
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const hover = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer?.files[0];
    if (file !== undefined && !busy) onFile(file);
  };
  const chosen = () => {
    const file = input.current?.files?.[0];
    if (file !== undefined) onFile(file);
    // The same file may be chosen again.
    if (input.current !== null) input.current.value = '';
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same
    <div
      class="drop"
      data-over={over}
      onDragOver={hover}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p class="drop-title">{words.drop}</p>
      <input
        class="visually-hidden"
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        aria-label={words.file}
        tabIndex={-1}
        onChange={chosen}
      />
      <button
        class="secondary"
        type="button"
        disabled={busy}
        onClick={() => input.current?.click()}
      >
        {words.chooseFile}
      </button>
      <p class="fine">{words.stays}</p>
      {children}
    </div>
  );
}
