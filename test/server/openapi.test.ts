/** The description that the server gives of itself. */
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoServer, startDemoServer } from '../demo-server.ts';
import { type Document, documentOf } from './checked-fetch.ts';

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
