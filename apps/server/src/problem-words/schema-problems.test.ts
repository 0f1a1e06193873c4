import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tuners } from '@quaestor/peft';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { checked } from '../api/read-body.ts';
import { askBody } from '../api/schemas/answer.ts';
import { readConfig } from '../config.ts';
import { toProblem } from '../http-error.ts';
import { openServices } from '../listen.ts';
import { allRoutes } from '../routes/index.ts';
import type { Services } from '../services.ts';
import { schemaProblems } from './schema-problems.ts';
import { SCHEMA_WORDS } from './schema-words.ts';

describe('a value that does not fit', () => {
  const body = z.strictObject({
    name: z.string().min(2),
    text: z.string().min(1, 'is empty'),
    count: z.int().max(3).optional(),
  });
  const problemsOf = (value: unknown, at: Parameters<typeof schemaProblems>[3]) => {
    const { error } = body.safeParse(value);
    const problems = error && schemaProblems(body, value, error, at);
    return (
      problems && {
        english: problems.map(({ en }) => en),
        chinese: problems.map(({ zh }) => zh),
      }
    );
  };

  it('is told of in both languages, in Zod’s words and in the schema’s own', () => {
    const value = { name: 'a', text: '', count: 7 };
    expect(problemsOf(value, { under: ['params'], whole: 'params' })).toEqual({
      english: [
        'params.name Too small: expected string to have >=2 characters',
        'params.text is empty',
        'params.count Too big: expected number to be <=3',
      ],
      chinese: [
        'params.name 数值过小：期望 string >=2 字符',
        'params.text 不能为空',
        'params.count 数值过大：期望 number <=3',
      ],
    });
  });

  it('is told of as a whole, and leaves the words of the next request alone', () => {
    expect(problemsOf([], { whole: 'body' })?.chinese).toEqual([
      'body 无效输入：期望 object，实际接收 数组',
    ]);
    expect(body.safeParse([]).error?.issues[0]?.message).toMatch(/^Invalid input/);
  });

  it('becomes a problem of a request in the language of its reader', () => {
    const refused = () => checked(askBody, { question: 'a', dry_run: 1, rows: 2 }, 'body');
    const error = (() => {
      try {
        return refused();
      } catch (thrown) {
        return thrown;
      }
    })();
    const problem = toProblem(error, 'id', 'zh');
    expect(problem.detail).toBe(`请求有误：${problem.errors?.join('；')}。`);
    expect(problem.errors).toEqual([
      'database 无效输入：期望 string，实际接收 undefined',
      'dry_run 无效输入：期望 boolean，实际接收 数字',
      'body 出现未知的键(key): "rows"',
    ]);
    expect(toProblem(error, 'id').errors?.[0]).toMatch(/^database Invalid input/);
  });
});

describe('the schemas of this server', () => {
  let home: string;
  let services: Services;

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'quaestor-schemas-'));
    const config = readConfig({ home, questions: [] });
    services = await openServices(config, undefined, () => {});
  });
  afterAll(async () => {
    await services.close();
    rmSync(home, { recursive: true });
  });

  it('say nothing of their own that has no Chinese, and nothing has Chinese in vain', () => {
    // Clients of /v1 and /mcp are programs: there, English is the only language.
    const routes = allRoutes(services).filter(({ path }) => path.startsWith('/api/'));
    const schemas = [
      ...routes.flatMap(({ params, query, body }) => [params, query, body]),
      ...[...services.workbench.jobs.kinds.values()].map(({ params }) => params),
      ...tuners().map(({ config }) => config),
    ];
    const own = new Set(schemas.flatMap((schema) => (schema ? messagesOf(schema) : [])));
    expect([...own].sort()).toEqual(Object.keys(SCHEMA_WORDS).sort());
  });
});

/** Messages that stand in a schema, and in what it is made of. */
function messagesOf(part: unknown, seen = new Set<unknown>()): string[] {
  if (typeof part !== 'object' || part === null || seen.has(part)) return [];
  seen.add(part);
  if (!('_zod' in part)) return Object.values(part).flatMap((inner) => messagesOf(inner, seen));
  const { def } = (part as z.core.$ZodType)._zod;
  const said = typeof def.error === 'function' ? def.error({} as never) : undefined;
  return [
    ...(typeof said === 'string' ? [said] : []),
    ...Object.values(def).flatMap((inner) => messagesOf(inner, seen)),
  ];
}
