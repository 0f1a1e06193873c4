import { useState } from 'preact/hooks';
import { Dialog } from '../../parts/dialog.tsx';
import { useText } from '../../parts/language.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { text } from './text.ts';

export interface AskFirstProps {
  readonly title: string;
  readonly question: string;
  readonly onYes: () => Promise<void>;
  readonly onNo: () => void;
}

/** Asks before something is removed for good. */
export function AskFirst({ title, question, onYes, onNo }: AskFirstProps) {
  const words = useText(text);
  const [problem, setProblem] = useState<unknown>(null);
  return (
    <Dialog title={title} onClose={onNo}>
      <div class="stack">
        <p>{question}</p>
        {problem !== null && <ProblemNotice problem={problem} />}
        <div class="actions">
          <button class="danger" type="button" onClick={() => onYes().catch(setProblem)}>
            {words.remove}
          </button>
          <button class="secondary" type="button" onClick={onNo}>
            {words.cancel}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
