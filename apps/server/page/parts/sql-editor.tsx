import { useEffect, useRef, useState } from 'preact/hooks';
import { ProblemNotice } from './notice.tsx';
import type { SqlCode, SqlNames } from './sql-code.ts';

export interface SqlEditorProps {
  readonly value: string;
  readonly label: string;
  /** Columns by table, offered for completion. */
  readonly names: SqlNames;
  readonly onChange: (value: string) => void;
  readonly onRun: () => void;
}

/** A statement to edit, with colours and completion; plain text until the editor is loaded. */
export function SqlEditor({ value, label, names, onChange, onRun }: SqlEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const code = useRef<SqlCode | null>(null);
  const [ready, setReady] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const latest = useRef({ value, onChange, onRun });
  latest.current = { value, onChange, onRun };
  useEffect(() => {
    let wanted = true;
    const open = async () => {
      const { sqlCode } = await import('./sql-code.ts');
      if (!wanted || place.current === null) return;
      code.current = sqlCode(place.current, {
        value: latest.current.value,
        label,
        names,
        onChange: (next) => latest.current.onChange(next),
        onRun: () => latest.current.onRun(),
      });
      setReady(true);
    };
    open().catch(setProblem);
    return () => {
      wanted = false;
      code.current?.destroy();
      code.current = null;
    };
  }, [names, label]);
  useEffect(() => code.current?.setValue(value), [value]);
  if (problem !== undefined) return <ProblemNotice problem={problem} />;
  return (
    <div class="sql-editor">
      {!ready && <pre class="sql-plain">{value}</pre>}
      <div ref={place} />
    </div>
  );
}
