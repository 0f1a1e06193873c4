/** Descriptions of what the database no longer has. */

import { useState } from 'preact/hooks';
import { sendJson } from '../../parts/api.ts';
import { DataText } from '../../parts/data-text.tsx';
import { useText } from '../../parts/language.ts';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { type Description, descriptionsPath } from './database-types.ts';
import type { Describing } from './meaning.tsx';
import { text } from './text.ts';

export interface GoneDescriptionsProps {
  readonly descriptions: readonly Description[];
  readonly describing: Describing;
}

export function GoneDescriptions({ descriptions, describing }: GoneDescriptionsProps) {
  const words = useText(text);
  const [problem, setProblem] = useState<unknown>();
  const gone = descriptions.filter(({ known }) => !known);
  if (gone.length === 0) return null;
  const forget = async () => {
    setProblem(undefined);
    try {
      const changes = gone.map(({ table, column }) => ({ table, column, text: null }));
      await sendJson('PATCH', descriptionsPath(describing.database), { descriptions: changes });
      describing.onDescribed();
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <div class="gone">
      <Notice kind="warning">
        <p>{words.gone}</p>
        <ul>
          {gone.map(({ table, column, text: meaning }) => (
            <li key={`${table}\n${column}`}>
              <strong>
                <DataText>{table}</DataText>
                {column !== null && (
                  <>
                    .<DataText>{column}</DataText>
                  </>
                )}
              </strong>
              : <DataText>{meaning}</DataText>
            </li>
          ))}
        </ul>
        <button class="quiet" type="button" onClick={forget}>
          {words.forget}
        </button>
      </Notice>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={forget} />}
    </div>
  );
}
