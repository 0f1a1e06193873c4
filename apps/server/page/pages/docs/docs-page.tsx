/** The description of the HTTP interface: what /openapi.json says, for people. */
import './docs.css';
import { getJson } from '../../parts/api.ts';
import { language, useText } from '../../parts/language.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { useLoaded } from '../../parts/use-loaded.ts';
import { METHODS, type OpenApi, type OpenApiOperation } from './openapi.ts';
import { Operation } from './operation.tsx';
import { text } from './text.ts';

export function DocsPage() {
  const words = useText(text);
  const { data, problem, reload } = useLoaded(
    (signal) => getJson<OpenApi>('/openapi.json', { signal }),
    // It comes in the language of the page.
    [language.value],
  );
  return (
    <>
      <h1>{words.title}</h1>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={reload} />}
      {data === undefined && problem === undefined && <p>{words.loading}</p>}
      {data !== undefined && <Description document={data} />}
    </>
  );
}

function Description({ document }: { readonly document: OpenApi }) {
  const words = useText(text);
  return (
    <>
      <p>{document.info.description}</p>
      <p>
        <a href="/openapi.json">openapi.json</a>
      </p>
      {document.tags.map(({ name }) => (
        <section key={name}>
          <h2>{name}</h2>
          {operationsOf(document, name).map((operation) => (
            <Operation key={`${operation.method} ${operation.path}`} {...operation} />
          ))}
        </section>
      ))}
      <section>
        <h2>{words.schemas}</h2>
        {Object.entries(document.components.schemas).map(([name, schema]) => (
          <details key={name} id={`schema-${name}`}>
            <summary>
              <code>{name}</code>
            </summary>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <pre tabIndex={0}>{JSON.stringify(schema, null, 2)}</pre>
          </details>
        ))}
      </section>
    </>
  );
}

interface Placed {
  readonly method: string;
  readonly path: string;
  readonly operation: OpenApiOperation;
}

function operationsOf({ paths }: OpenApi, tag: string): readonly Placed[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    METHODS.flatMap((method) => {
      const operation = operations[method];
      return operation?.tags.includes(tag) === true ? [{ method, path, operation }] : [];
    }),
  );
}
