/** All databases, and room to add one. */

import { deleteIt, getJson } from '../../parts/api.ts';
import { DataText } from '../../parts/data-text.tsx';
import { isolated, marked } from '../../parts/direction.ts';
import { bytes } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Link } from '../../parts/link.tsx';
import { Empty, ProblemNotice } from '../../parts/notice.tsx';
import { PageHead, Tag } from '../../parts/panels.tsx';
import { RemoveButton } from '../../parts/remove-button.tsx';
import { useLoaded } from '../../parts/use-loaded.ts';
import { addressOf, apiPath, askAddress, type DatabaseSummary } from './database-types.ts';
import { text } from './text.ts';
import { UploadPanel } from './upload-panel.tsx';

export function DatabaseList() {
  const words = useText(text);
  const { data, problem, reload } = useLoaded(
    (signal) =>
      getJson<{ readonly data: readonly DatabaseSummary[] }>('/api/databases', { signal }),
    [],
  );
  return (
    <>
      <PageHead title={words.title} lede={words.lede} />
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={reload} />}
      {data?.data.length === 0 && <Empty title={words.none}>{words.noneText}</Empty>}
      {data !== undefined && data.data.length > 0 && (
        <DatabaseTable databases={data.data} onRemoved={reload} />
      )}
      <UploadPanel onAdded={reload} />
    </>
  );
}

function DatabaseTable({
  databases,
  onRemoved,
}: {
  readonly databases: readonly DatabaseSummary[];
  readonly onRemoved: () => void;
}) {
  const words = useText(text);
  return (
    <ul class="database-list">
      {databases.map(({ name, bytes: size, tables, rows, uploaded, problem }) => (
        <li key={name}>
          <div class="database-name">
            {problem === null ? (
              <Link href={addressOf(name)}>
                <DataText>{name}</DataText>
              </Link>
            ) : (
              <DataText>{name}</DataText>
            )}
            {problem !== null && <Tag kind="bad">{words.broken}</Tag>}
          </div>
          <p class="fine">
            {tables !== null && rows !== null
              ? words.counts(tables, rows, bytes(size))
              : `${bytes(size)} · ${marked(problem ?? '')}`}
          </p>
          <div class="actions">
            {uploaded && (
              <RemoveButton
                name={name}
                label={words.remove}
                title={words.removeTitle(isolated(name))}
                text={words.removeText}
                onRemove={async () => {
                  await deleteIt(apiPath(name));
                  onRemoved();
                }}
              />
            )}
            {problem === null && (
              <Link
                class="secondary"
                href={askAddress(name)}
                aria-label={`${words.ask} ${isolated(name)}`}
              >
                {words.ask}
              </Link>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
