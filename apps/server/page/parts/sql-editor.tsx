import type { Signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ProblemNotice } from './notice.tsx';
import type { SqlNames } from './sql-code.ts';

export interface SqlEditorProps {
  /** What is written; may be changed from outside, too. */
  readonly statement: Signal<string>;
  readonly label: string;
  /** Columns by table, offered for completion. */
  readonly names: SqlNames;
  /** Ctrl+Enter, or ⌘ and Enter. */
  readonly onRun: () => void;
}

/** A statement to edit, with colours and completion; plain text until the editor is loaded. */
export function SqlEditor({ statement, label, names, onRun }: SqlEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const [ready, setReady] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const latestRun = useRef(onRun);
  latestRun.current = onRun;
  useEffect(() => {
    let wanted = true;
    let close = () => {};
    const open = async () => {
      const { sqlCode } = await import('./sql-code.ts');
      if (!wanted || place.current === null) return;
      close = sqlCode(place.current, {
        statement,
        label,
        names,
        onRun: () => latestRun.current(),
      });
      setReady(true);
    };
    open().catch(setProblem);
    return () => {
      wanted = false;
      close();
    };
  }, [statement, names, label]);
  if (problem !== undefined) return <ProblemNotice problem={problem} />;
  return (
    <div class="sql-editor">
      {!ready && <pre class="sql-plain">{statement}</pre>}
      <div ref={place} />
    </div>
  );
}
