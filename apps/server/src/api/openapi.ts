/**
 * Routes → an OpenAPI 3.1 document, https://spec.openapis.org/oas/v3.1.1.html. Its texts stand in each
 * language, as in any answer before it is sent.
 */
import { STATUS_CODES } from 'node:http';
import { describeInEachLanguage, descriptionOf, type Translated, text } from '@quaestor/peft';
import * as z from 'zod';
import { type ErrorCode, problemSchema, statusOf } from '../http-error.ts';
import { TITLES } from '../problem-words/chinese.ts';
import { components } from './component.ts';
import { bodyIsOptional, type ResponseSpec, type Route } from './route.ts';
import { openaiErrorSchema } from './schemas/openai.ts';
import { TAGS } from './tags.ts';

type Json = { readonly [key: string]: unknown };

/** What any operation may answer with. */
const ALWAYS: readonly ErrorCode[] = ['wrong-host', 'wrong-origin', 'not-acceptable', 'stopping'];
const WITH_BODY: readonly ErrorCode[] = ['bad-request', 'too-large', 'unsupported-media-type'];
const WITH_SCOPE: readonly ErrorCode[] = ['unauthorized', 'forbidden', 'rate-limited'];
const IDEMPOTENT: readonly ErrorCode[] = ['in-progress', 'key-reused', 'bad-request'];

const ACCEPT_LANGUAGE = {
  name: 'Accept-Language',
  in: 'header',
  description: {
    en: 'language of problems, warnings and progress: zh, else English',
    zh: '错误、警告和进度所用的语言：zh 为中文，其他为英文',
  },
  schema: { type: 'string' },
};

export interface DocumentInfo {
  readonly title: string;
  readonly version: string;
  readonly description: Translated;
}

/** The document of these routes, as JSON; `inLanguage` gives it in the language of a reader. */
export function openapiDocument(routes: readonly Route[], info: DocumentInfo): Json {
  const schemas: Record<string, unknown> = {};
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const operations = paths[route.path] ?? {};
    operations[route.method] = operation(route, schemas);
    paths[route.path] = operations;
  }
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { ...info, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    tags: [...new Set(routes.map(({ tag }) => tag))].map((tag) => ({ name: TAGS[tag] })),
    paths,
    components: {
      schemas,
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description: {
            en: 'A key of "quaestor keys add"; not needed where only this machine can reach the server.',
            zh: '由 "quaestor keys add" 生成的密钥；只有本机能访问服务器时不需要。',
          },
        },
      },
    },
  };
}

function operation(route: Route, schemas: Record<string, unknown>): Json {
  const { method, path, tag, summary, description, scope, params, query, body } = route;
  const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => jsonSchema(schema, io, schemas);
  return {
    operationId: `${method}${path.replaceAll(/[^A-Za-z0-9]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    tags: [TAGS[tag]],
    summary,
    ...(description !== undefined && { description }),
    ...(scope !== null && { security: [{}, { key: [] }], 'x-scope': scope }),
    parameters: [
      ...parameters(params, 'path', schemaOf),
      ...parameters(query, 'query', schemaOf),
      ...(route.errorStyle === 'openai' ? [] : [ACCEPT_LANGUAGE]),
      ...(route.idempotent === true
        ? [{ name: 'Idempotency-Key', in: 'header', schema: { type: 'string', maxLength: 255 } }]
        : []),
    ],
    ...(body !== undefined && {
      requestBody: {
        required: !bodyIsOptional(route),
        content: { 'application/json': { schema: schemaOf(body, 'input') } },
      },
    }),
    responses: { ...successes(route, schemaOf), ...failures(route, schemaOf) },
  };
}

type SchemaOf = (schema: z.ZodType, io: 'input' | 'output') => unknown;

function parameters(
  schema: z.ZodObject | undefined,
  place: 'path' | 'query',
  schemaOf: SchemaOf,
): readonly Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => {
    const description = descriptionOf(field as z.ZodType);
    return {
      name,
      in: place,
      required: place === 'path' || !(field as z.ZodType).safeParse(undefined).success,
      ...(description !== undefined && { description }),
      schema: schemaOf(field as z.ZodType, 'input'),
    };
  });
}

function successes({ responses }: Route, schemaOf: SchemaOf): Json {
  const write = ({ description, content, headers }: ResponseSpec): Json => ({
    description,
    ...(headers !== undefined && {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, said]) => [
          name,
          { description: said, schema: { type: 'string' } },
        ]),
      ),
    }),
    ...(content !== undefined && {
      content: Object.fromEntries(
        Object.entries(content).map(([type, schema]) => [
          type,
          { schema: schemaOf(schema, 'output') },
        ]),
      ),
    }),
  });
  return Object.fromEntries(
    Object.entries(responses).map(([status, spec]) => [status, write(spec)]),
  );
}

/** One response for each status that one of the route's codes has. */
function failures(route: Route, schemaOf: SchemaOf): Json {
  const codes = new Set<ErrorCode>([
    ...ALWAYS,
    ...(route.scope === null ? [] : WITH_SCOPE),
    ...(route.body === undefined ? [] : WITH_BODY),
    ...(route.query === undefined && route.params === undefined ? [] : (['bad-request'] as const)),
    ...(route.idempotent === true ? IDEMPOTENT : []),
    ...(Object.values(route.fieldErrors ?? {}) as ErrorCode[]),
    ...(route.errors ?? []),
  ]);
  const byStatus = new Map<number, string[]>([[500, ['internal']]]);
  for (const code of codes) {
    const status = statusOf(code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const content =
    route.errorStyle === 'openai'
      ? { 'application/json': { schema: schemaOf(openaiErrorSchema, 'output') } }
      : { 'application/problem+json': { schema: schemaOf(problemSchema, 'output') } };
  return Object.fromEntries(
    [...byStatus].map(([status, named]) => [
      status,
      {
        description: {
          en: `${STATUS_CODES[status] ?? 'Client closed the request'}: ${named.join(', ')}`,
          zh: `${TITLES[status]}：${named.join('、')}`,
        },
        content,
      },
    ]),
  );
}

/** A zod schema as JSON Schema; schemas with an id go to the components. */
function jsonSchema(
  schema: z.ZodType,
  io: 'input' | 'output',
  schemas: Record<string, unknown>,
): unknown {
  const { $schema, $defs, id, ...own } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
    metadata: components,
    override: (field) => {
      const { zodSchema, jsonSchema } = field;
      // However it is kept, clients get it in their language.
      if (zodSchema._zod.def === text._zod.def) {
        delete jsonSchema.anyOf;
        jsonSchema.type = 'string';
      }
      describeInEachLanguage(field);
    },
  }) as Json;
  for (const [name, definition] of Object.entries(($defs as Json | undefined) ?? {})) {
    const { id: _, ...rest } = definition as Json;
    schemas[name] = relocated(rest);
  }
  if (typeof id !== 'string') return relocated(own);
  schemas[id] = relocated(own);
  return { $ref: `#/components/schemas/${id}` };
}

/** The same JSON with references to the components. */
function relocated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relocated);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string'
        ? inner.replace('#/$defs/', '#/components/schemas/')
        : relocated(inner),
    ]),
  );
}
