import './classify.css';
import { getJson } from '../../parts/api.ts';
import { useText } from '../../parts/language.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { navigate, query } from '../../parts/router.ts';
import { useLoaded } from '../../parts/use-loaded.ts';
import { Start } from './start.tsx';
import { TableView } from './table-view.tsx';
import { text } from './text.ts';
import type { LabelledTable } from './types.ts';

/** `/classify`: where to begin; `/classify?table=ID`: a table that is being labelled. */
export function ClassifyPage() {
  const id = new URLSearchParams(query.value).get('table');
  return id === null ? <Start /> : <OneTable key={id} id={id} />;
}

function OneTable({ id }: { readonly id: string }) {
  const words = useText(text);
  const { data, problem, reload } = useLoaded(
    (signal) => getJson<LabelledTable>(`/api/labellings/${encodeURIComponent(id)}`, { signal }),
    [id],
  );
  if (problem !== undefined && data === undefined) {
    return (
      <>
        <h1>{words.title}</h1>
        <ProblemNotice problem={problem} onRetry={reload}>
          <button class="quiet" type="button" onClick={() => navigate('/classify')}>
            {words.back}
          </button>
        </ProblemNotice>
      </>
    );
  }
  if (data === undefined) return <p class="page-loading">{words.reading}</p>;
  return <TableView first={data} />;
}
