import { marked } from '../../parts/direction.ts';
import { Notice } from '../../parts/notice.tsx';

/** What a fit warns of; nothing where there is nothing. */
export function Warnings({ title, texts }: { title: string; texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <Notice kind="warning">
      <strong>{title}</strong>
      {texts.map((text) => (
        <p key={text}>{marked(text)}</p>
      ))}
    </Notice>
  );
}
