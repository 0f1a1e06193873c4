import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { described, formSchema } from './described.ts';
import { isTranslated, textIn } from './translated.ts';
import { tuners } from './tuners/index.ts';

const HAN = /\p{Script=Han}/u;

/** What a schema says of its fields and of those inside them, by path. */
function helps(schema: unknown, path = ''): [path: string, said: unknown][] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) =>
    key === 'description' ? [[path, value]] : helps(value, `${path}.${key}`),
  );
}

it('is English for the command line, and in each language for a form', () => {
  const rank = z.int().default(8).apply(described, { en: 'rank', zh: '秩' });
  const schema = z.object({ rank: rank.nullable(), seed: z.int().describe('seed') });
  expect(rank.description).toBe('rank');
  expect(helps(formSchema(schema))).toEqual([
    ['.properties.rank.anyOf.0', { en: 'rank', zh: '秩' }],
    ['.properties.seed', 'seed'],
  ]);
});

describe.each(tuners().map((tuner) => [tuner.name, tuner] as const))('%s', (_name, tuner) => {
  it('says in each language what its settings are for', () => {
    const said = helps(formSchema(tuner.config));
    expect(said.length).toBeGreaterThan(1);
    for (const [path, help] of said) {
      expect(help, path).toSatisfy((one: object) => isTranslated(one) && HAN.test(one.zh));
    }
  });

  it('says in each language how many parameters it trains', () => {
    const { parameterCount } = tuner;
    // A formula without words is the same in each.
    if (typeof parameterCount === 'string') expect(parameterCount).not.toMatch(/[a-z]{2,}/);
    else expect(textIn(parameterCount, 'zh')).toMatch(HAN);
  });
});
