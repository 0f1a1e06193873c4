/**
 * fetch, but each response has to be what /openapi.json of its server says: a status and a media type
 * that the operation lists, and a body that fits the schema.
 */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

export interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

interface Contract {
  readonly document: Document;
  validator(schema: object): ValidateFunction;
}

const contracts = new Map<string, Promise<Contract>>();

/** @throws Error saying what of the response is not as described */
export async function checkedFetch(url: string, options: RequestInit = {}): Promise<Response> {
  const { origin, pathname } = new URL(url);
  const response = await fetch(url, options);
  const contract = await contractOf(origin);
  const place = `${options.method ?? 'GET'} ${pathname} → ${response.status}`;
  const schema = schemaFor(contract, options.method ?? 'GET', pathname, response, place);
  if (schema !== null) {
    const body: unknown = await response.clone().json();
    const validate = contract.validator(schema);
    if (!validate(body)) {
      throw new Error(`${place}: ${JSON.stringify(validate.errors)} in ${JSON.stringify(body)}`);
    }
  }
  return response;
}

/** The description that a server gives of itself. */
export async function documentOf(origin: string): Promise<Document> {
  return (await contractOf(origin)).document;
}

/** Checks data, such as that of an event, by a schema of the document's components. */
export async function expectSchema(origin: string, name: string, data: unknown): Promise<void> {
  const validate = (await contractOf(origin)).validator({ $ref: `#/components/schemas/${name}` });
  if (!validate(data)) throw new Error(`${name}: ${JSON.stringify(validate.errors)}`);
}

/** The schema of a JSON body; null where there is none to check. */
function schemaFor(
  { document }: Contract,
  method: string,
  pathname: string,
  response: Response,
  place: string,
): object | null {
  const operations = Object.entries(document.paths).find(([path]) => matches(path, pathname))?.[1];
  const operation = operations?.[method === 'HEAD' ? 'get' : method.toLowerCase()];
  const type = response.headers.get('content-type')?.replace(/;.*/, '') ?? '';
  if (operation === undefined) {
    return type === 'application/problem+json' ? { $ref: '#/components/schemas/Problem' } : null;
  }
  const described = operation.responses[response.status];
  if (described === undefined) throw new Error(`${place}: this status is not described`);
  if (described.content === undefined || method === 'HEAD') return null;
  const media = described.content[type];
  if (media === undefined) throw new Error(`${place}: ${type} is not described`);
  return type.endsWith('json') ? media.schema : null;
}

function matches(path: string, pathname: string): boolean {
  const pattern = path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${pattern}$`).test(pathname);
}

function contractOf(origin: string): Promise<Contract> {
  const known = contracts.get(origin);
  if (known !== undefined) return known;
  const made = makeContract(origin);
  contracts.set(origin, made);
  return made;
}

async function makeContract(origin: string): Promise<Contract> {
  const document = (await (await fetch(`${origin}/openapi.json`)).json()) as Document;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validators = new Map<object, ValidateFunction>();
  return {
    document,
    validator(schema) {
      const known = validators.get(schema);
      if (known !== undefined) return known;
      const { components } = document;
      const validate = ajv.compile({ ...schema, components });
      validators.set(schema, validate);
      return validate;
    },
  };
}
