/** The description that the server gives of itself. */
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoServer, startDemoServer } from '../demo-server.ts';
import { type Document, documentOf } from './checked-fetch.ts';

let server: DemoServer;
let document: Document;

beforeAll(async () => {
  server = await startDemoServer();
  document = await documentOf(server.url);
});

afterAll(() => server.close());

describe('/openapi.json', () => {
  it('is OpenAPI 3.1', async () => {
    const validator = new Validator();
    const result = await validator.validate(JSON.parse(JSON.stringify(document)));
    expect(result.errors ?? []).toEqual([]);
    expect(validator.version).toBe('3.1');
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

  it('has a page that loads nothing from elsewhere', async () => {
    const page = await (await fetch(`${server.url}/docs`)).text();
    expect(page).toContain('/assets/main-');
    expect(page).not.toMatch(/https?:\/\//);
  });
});
