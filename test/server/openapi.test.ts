/** The description that the server gives of itself. */
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoServer, startDemoServer } from '../demo-server.ts';
import { type Document, documentOf } from './checked-fetch.ts';

/** What a key has to be for; null where none is needed. */
const SCOPES: Readonly<Record<string, string | null>> = {
  'GET /api/activations': 'read',
  'POST /api/activations/release': 'admin',
  'POST /api/activations/roll-back': 'admin',
  'GET /api/adapters': 'read',
  'POST /api/adapters': 'train',
  'GET /api/adapters/{name}': 'read',
  'DELETE /api/adapters/{name}': 'admin',
  'POST /api/adapters/{name}/activate': 'admin',
  'POST /api/adapters/{name}/evaluate': 'train',
  'GET /api/answers': 'read',
  'GET /api/answers/{id}': 'read',
  'DELETE /api/answers/{id}': 'read',
  'GET /api/answers/{id}/events': 'read',
  'GET /api/answers/{id}/rows': 'read',
  'POST /api/ask': 'read',
  'POST /api/classifications': 'train',
  'GET /api/classifications/{id}/result': 'train',
  'GET /api/classifications/{id}/rows': 'train',
  'POST /api/classifications/{id}/save': 'train',
  'GET /api/classifiers': 'train',
  'GET /api/classifiers/{name}': 'train',
  'DELETE /api/classifiers/{name}': 'admin',
  'POST /api/classifiers/{name}/check': 'train',
  'GET /api/classifiers/{name}/files/{file}': 'train',
  'POST /api/compositions': 'train',
  'POST /api/compositions/search': 'train',
  'GET /api/databases': 'read',
  'POST /api/databases': 'train',
  'GET /api/databases/{name}': 'read',
  'DELETE /api/databases/{name}': 'admin',
  'PATCH /api/databases/{name}/descriptions': 'train',
  'GET /api/databases/{name}/profile': 'read',
  'POST /api/databases/{name}/profile': 'train',
  'POST /api/databases/{name}/query': 'read',
  'GET /api/evaluation-sets': 'read',
  'GET /api/examples': 'read',
  'POST /api/examples': 'read',
  'GET /api/examples/{id}': 'read',
  'POST /api/examples/{id}/approve': 'train',
  'POST /api/examples/{id}/edit': 'train',
  'POST /api/examples/{id}/reject': 'train',
  'GET /api/feedback': 'train',
  'POST /api/feedback': 'read',
  'GET /api/health': null,
  'GET /api/job-kinds': 'read',
  'GET /api/jobs': 'train',
  'POST /api/jobs': 'train',
  'GET /api/jobs/{id}': 'train',
  'DELETE /api/jobs/{id}': 'train',
  'POST /api/jobs/{id}/cancel': 'train',
  'GET /api/jobs/{id}/events': 'train',
  'POST /api/jobs/{id}/resume': 'train',
  'GET /api/labellings': 'train',
  'POST /api/labellings': 'train',
  'GET /api/labellings/{id}': 'train',
  'DELETE /api/labellings/{id}': 'train',
  'GET /api/labellings/{id}/fit': 'train',
  'GET /api/labellings/{id}/importance': 'train',
  'POST /api/labellings/{id}/labels': 'train',
  'GET /api/labellings/{id}/opinions': 'train',
  'GET /api/labellings/{id}/rows': 'train',
  'POST /api/labellings/{id}/settings': 'train',
  'GET /api/methods': 'read',
  'GET /api/sample-tables': 'train',
  'GET /api/serialisers': 'read',
  'GET /api/system': 'train',
  'GET /api/training-data': 'train',
  'GET /api/uploads': 'train',
  'POST /api/uploads': 'train',
  'GET /api/uploads/{id}': 'train',
  'DELETE /api/uploads/{id}': 'train',
  'GET /healthz': null,
  'POST /mcp': 'read',
  'GET /metrics': 'read',
  'GET /openapi.json': null,
  'GET /readyz': null,
  'POST /v1/chat/completions': 'read',
  'POST /v1/completions': 'read',
  'GET /v1/models': 'read',
  'GET /v1/models/{id}': 'read',
};

let server: DemoServer;
let document: Document;
let chinese: Document;
let headers: Headers;

beforeAll(async () => {
  server = await startDemoServer();
  document = await documentOf(server.url);
  const response = await fetch(`${server.url}/openapi.json`, {
    headers: { 'Accept-Language': 'zh-CN,zh;q=0.9,en;q=0.8' },
  });
  headers = response.headers;
  chinese = (await response.json()) as Document;
});

afterAll(() => server.close());

describe('/openapi.json', () => {
  it('is OpenAPI 3.1, in each language', async () => {
    for (const one of [document, chinese]) {
      const validator = new Validator();
      const result = await validator.validate(JSON.parse(JSON.stringify(one)));
      expect(result.errors ?? []).toEqual([]);
      expect(validator.version).toBe('3.1');
    }
  });

  it('names every operation once, and says how each may fail', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    const ids = operations.map((operation) => (operation as { operationId?: string }).operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { responses } of operations) {
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['421', '403', '500', '503']));
    }
  });

  it('says for each operation what a key has to be for', () => {
    const scopes = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => [
        `${method.toUpperCase()} ${path}`,
        (operation as { 'x-scope'?: string })['x-scope'] ?? null,
      ]),
    );
    expect(Object.fromEntries(scopes)).toEqual(SCOPES);
  });

  it('refers only to schemas that are there', () => {
    const known = Object.keys(document.components.schemas);
    const named = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map(
      ([, ref]) => ref,
    );
    expect(named.length).toBeGreaterThan(20);
    for (const ref of named) {
      expect(known.map((name) => `#/components/schemas/${name}`)).toContain(ref);
    }
  });

  it('is in Chinese for those who would rather read it, down to each field', () => {
    const said = textsOf(chinese);
    expect(said.length).toBeGreaterThan(1000);
    for (const { place, text } of said) {
      expect(text, place).toMatch(/\p{Script=Han}/u);
      expect(text, place).not.toContain('undefined');
    }
    // Who keeps what was sent must not take it for what others would get.
    expect(headers.get('Vary')).toContain('Accept-Language');
  });

  it('is in English otherwise, and describes the same', () => {
    for (const { place, text } of textsOf(document)) {
      expect(text, place).not.toMatch(/\p{Script=Han}/u);
    }
    expect(withoutTexts(chinese)).toEqual(withoutTexts(document));
    expect(textsOf(chinese).map(({ place }) => place)).toEqual(
      textsOf(document).map(({ place }) => place),
    );
  });

  it('has a page that loads nothing from elsewhere', async () => {
    const page = await (await fetch(`${server.url}/docs`)).text();
    expect(page).toContain('/assets/main-');
    expect(page).not.toMatch(/https?:\/\//);
  });
});

interface Said {
  readonly place: string;
  readonly text: string;
}

/** Whether a value is words for people. What a schema says of a field that is called so is no string. */
function isText(key: string, value: unknown, place: string): value is string {
  if (typeof value !== 'string') return false;
  return ['summary', 'description'].includes(key) || /^\/tags\/\d+$/.test(place) || isTag(place);
}

/** The place of a tag in the list that an operation has. */
const isTag = (place: string) => /^\/paths\/.*\/tags$/.test(place);

function textsOf(value: unknown, place = ''): Said[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    isText(key, inner, place)
      ? [{ place: `${place}/${key}`, text: inner }]
      : textsOf(inner, `${place}/${key}`),
  );
}

function withoutTexts(value: unknown, place = ''): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !isText(key, inner, place))
      .map(([key, inner]) => [key, withoutTexts(inner, `${place}/${key}`)]),
  );
}
