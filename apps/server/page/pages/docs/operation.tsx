import { useText } from '../../parts/language.ts';
import type { OpenApiOperation, OpenApiSchema } from './openapi.ts';
import { text } from './text.ts';

export interface OperationProps {
  readonly method: string;
  readonly path: string;
  readonly operation: OpenApiOperation;
}

/** One operation, folded: its parameters, its body and its answers. */
export function Operation({ method, path, operation }: OperationProps) {
  const words = useText(text);
  const { summary, description, parameters, requestBody, responses } = operation;
  const scope = operation['x-scope'];
  return (
    <details>
      <summary>
        <code>
          <span class="method">{method}</span> {path}
        </code>
        {summary}
      </summary>
      {description !== undefined && <p>{description}</p>}
      {scope !== undefined && <p>{words.scope(scope)}</p>}
      {parameters.length > 0 && (
        <Facts
          header={words.parameter}
          rows={parameters.map((one) => [
            one.required === true ? one.name : `${one.name}?`,
            one.in,
            [one.description, JSON.stringify(one.schema)].filter(Boolean).join(' · '),
          ])}
        />
      )}
      {Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) => (
        <div key={type}>
          <p>{words.body(type)}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <pre tabIndex={0}>{JSON.stringify(schema, null, 2)}</pre>
        </div>
      ))}
      <Facts
        header={words.response}
        rows={Object.entries(responses).map(([status, response]) => [
          status,
          response.description,
          Object.entries(response.content ?? {})
            .map(([type, { schema }]) => `${type}${nameOf(schema)}`)
            .join(', '),
        ])}
      />
    </details>
  );
}

const nameOf = ({ $ref }: OpenApiSchema) =>
  $ref === undefined ? '' : ` ${$ref.split('/').at(-1)}`;

interface FactsProps {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function Facts({ header, rows }: FactsProps) {
  return (
    <table>
      <thead>
        <tr>
          {header.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.join(' ')}>
            {row.map((cell, index) => (
              <td key={`${index}`}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
