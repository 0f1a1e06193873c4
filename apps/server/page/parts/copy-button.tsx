import { useState } from 'preact/hooks';
import { useText } from './language.ts';

const text = {
  en: { copy: 'Copy', copied: 'Copied', failed: 'Copy failed' },
  zh: { copy: '复制', copied: '已复制', failed: '复制失败' },
};
const SHOWN_MS = 1500;

export interface CopyButtonProps {
  /** What is put on the clipboard. */
  readonly content: () => string;
  /** Default: “Copy”. */
  readonly label?: string;
}

/** Copies a text, and says so for a moment. */
export function CopyButton({ content, label }: CopyButtonProps) {
  const words = useText(text);
  const [said, setSaid] = useState<string | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(content());
      setSaid(words.copied);
    } catch {
      setSaid(words.failed);
    }
    setTimeout(() => setSaid(null), SHOWN_MS);
  };
  return (
    <button class="quiet" type="button" onClick={() => void copy()}>
      <span aria-live="polite">{said ?? label ?? words.copy}</span>
    </button>
  );
}
