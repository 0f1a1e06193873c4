/** The page of the HTTP interface: what /openapi.json says, for people. */
import { getJson } from './api.js';
import { byId, element } from './dom.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

void show();

async function show() {
  const place = byId('operations');
  try {
    const document = await getJson('/openapi.json');
    byId('intro').textContent = document.info.description;
    place.replaceChildren(
      ...document.tags.flatMap(({ name }) => [
        element('h2', {}, name),
        ...operationsOf(document, name).map((operation) => operationView(operation)),
      ]),
      element('h2', {}, 'Schemas'),
      ...Object.entries(document.components.schemas).map(([name, schema]) =>
        element(
          'details',
          { id: `schema-${name}` },
          element('summary', {}, element('code', {}, name)),
          schemaView(schema),
        ),
      ),
    );
  } catch (problem) {
    place.textContent = problem.message;
  }
}

function operationsOf({ paths }, tag) {
  return Object.entries(paths).flatMap(([path, operations]) =>
    METHODS.filter((method) => operations[method]?.tags.includes(tag)).map((method) => ({
      ...operations[method],
      method,
      path,
    })),
  );
}

function operationView(operation) {
  const { method, path, summary, description, parameters, requestBody, responses } = operation;
  return element(
    'details',
    {},
    element(
      'summary',
      {},
      element('code', {}, element('span', { class: 'method' }, method), ` ${path}`),
      summary,
    ),
    description === undefined ? null : element('p', {}, description),
    operation['x-scope'] === undefined
      ? null
      : element('p', {}, `Where keys are needed: one of scope ${operation['x-scope']}.`),
    parameters.length === 0
      ? null
      : table(
          ['parameter', 'in', 'what'],
          parameters.map((one) => [
            one.required ? one.name : `${one.name}?`,
            one.in,
            [one.description, JSON.stringify(one.schema)].filter(Boolean).join(' · '),
          ]),
        ),
    ...Object.entries(requestBody?.content ?? {}).flatMap(([type, { schema }]) => [
      element('p', {}, `Body, ${type}`),
      schemaView(schema),
    ]),
    table(
      ['status', 'when', 'what'],
      Object.entries(responses).map(([status, response]) => [
        status,
        response.description,
        Object.entries(response.content ?? {})
          .map(([type, { schema }]) => `${type}${nameOf(schema)}`)
          .join(', '),
      ]),
    ),
  );
}

const nameOf = ({ $ref }) => ($ref === undefined ? '' : ` ${$ref.split('/').at(-1)}`);

const schemaView = (schema) => element('pre', { tabindex: '0' }, JSON.stringify(schema, null, 2));

function table(header, rows) {
  const cells = (row, tag) => row.map((text) => element(tag, {}, text));
  return element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...cells(header, 'th'))),
    element('tbody', {}, ...rows.map((row) => element('tr', {}, ...cells(row, 'td')))),
  );
}
