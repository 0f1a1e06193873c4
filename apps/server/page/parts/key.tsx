/** The API key of this browser tab, asked for when the server wants one; closing the tab forgets it. */
import { signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { Dialog } from './dialog.tsx';
import { useText } from './language.ts';

const PLACE = 'quaestor.key';
const text = {
  en: {
    title: 'API key',
    explanation: 'This server needs a key. Whoever runs it makes one with “quaestor keys add”.',
    use: 'Use this key',
  },
  zh: {
    title: 'API 密钥',
    explanation: '此服务器需要密钥。管理员可用 “quaestor keys add” 创建。',
    use: '使用此密钥',
  },
};

const waiting = signal<((given: boolean) => void) | null>(null);
let asking: Promise<boolean> | null = null;

/** Headers that carry the key, if there is one. */
export function keyHeaders(): Record<string, string> {
  const key = sessionStorage.getItem(PLACE);
  return key === null ? {} : { Authorization: `Bearer ${key}` };
}

/** Asks for a key, once for all that wait for it. @returns whether one was given */
export function askForKey(): Promise<boolean> {
  asking ??= new Promise<boolean>((resolve) => {
    waiting.value = resolve;
  }).finally(() => {
    asking = null;
    waiting.value = null;
  });
  return asking;
}

/** The dialog that asks; part of the frame. */
export function KeyDialog() {
  const words = useText(text);
  const input = useRef<HTMLInputElement>(null);
  const settle = waiting.value;
  if (settle === null) return null;
  const use = (event: Event) => {
    event.preventDefault();
    const key = input.current?.value.trim() ?? '';
    if (key === '') return;
    sessionStorage.setItem(PLACE, key);
    settle(true);
  };
  return (
    <Dialog title={words.title} onClose={() => settle(false)}>
      <form class="stack" onSubmit={use}>
        <p>{words.explanation}</p>
        <input
          class="field"
          ref={input}
          type="password"
          name="key"
          autocomplete="off"
          required
          aria-label={words.title}
        />
        <button class="primary" type="submit">
          {words.use}
        </button>
      </form>
    </Dialog>
  );
}
