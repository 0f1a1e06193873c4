import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import type { TextToSqlItem } from '../data/text-to-sql-set.ts';
import { buildExemplarIndex, buildExemplarIndexInTurns, questionKey } from './exemplars.ts';
import { words } from './words.ts';

const random = seededRandom(7);
const pick = <Value>(values: readonly Value[]): Value =>
  values[Math.floor(random.next() * values.length)] as Value;

const SUBJECTS = ['funds', 'banks', 'bonds', '基金经理', 'companies in Wuhan', '持仓'];
const REQUESTS = ['How many', 'List the', 'Which', 'Show me the largest', '哪些', '列出'];
const ENDS = ['with a doctorate', 'in 2023', 'by fee', '按规模排序', 'of state-owned banks', ''];
const ask = () => `${pick(REQUESTS)} ${pick(SUBJECTS)} ${pick(ENDS)} ${pick(ENDS)}?`;

/** Three databases, their questions mixed. */
const items: TextToSqlItem[] = Array.from({ length: 240 }, (_, index) => ({
  question: ask(),
  sql: `select ${index}`,
  db: pick(['demo', 'concert', '基金']),
  language: 'en',
}));
const index = buildExemplarIndex(items);

/** How often a text has each of its features, as the head of the module says it. */
function countsOf(question: string): Map<string, number> {
  const list = words(question);
  const text = ` ${list.join(' ')} `;
  const runs = Array.from({ length: Math.max(0, text.length - 3) }, (_, at) => at);
  const all = [
    ...list,
    ...list.slice(1).map((word, at) => `${list[at]}_${word}`),
    ...runs.map((at) => `#${text.slice(at, at + 4)}`),
  ];
  const counts = new Map<string, number>();
  for (const feature of all) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  return counts;
}

const known = items.map(({ question }) => countsOf(question));

function weightsOf(counts: ReadonlyMap<string, number>): Map<string, number> {
  const weights = new Map<string, number>();
  for (const [feature, count] of counts) {
    const questions = known.filter((other) => other.has(feature)).length;
    const rarity = Math.log((items.length + 1) / (questions + 1)) + 1;
    weights.set(feature, (1 + Math.log(count)) * rarity * (feature.startsWith('#') ? 0.5 : 1));
  }
  return weights;
}

const weighed = known.map(weightsOf);

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const length = (vector: ReadonlyMap<string, number>) => Math.hypot(...vector.values());
  let product = 0;
  for (const [feature, weight] of a) product += weight * (b.get(feature) ?? 0);
  return product / length(a) / length(b);
}

describe('nearest known questions', () => {
  it.each([
    'Which bonds of state-owned banks in 2023?',
    '哪些基金经理按规模排序？',
    'How many unheard-of zeppelins with a doctorate?',
    items[17]?.question ?? '',
  ])('are those of the highest cosine, of the asked database alone: %s', (question) => {
    for (const db of ['demo', 'concert', '基金']) {
      const asked = weightsOf(countsOf(question));
      const expected = items
        .map((item, at) => ({
          item,
          index: at,
          similarity: cosine(asked, weighed[at] ?? new Map()),
        }))
        .filter(({ item, similarity }) => item.db === db && similarity > 0)
        .sort((a, b) => b.similarity - a.similarity || a.index - b.index)
        .slice(0, 12);
      const found = index.nearest(question, db, 12);
      expect(found.map(({ similarity }) => similarity)).toEqual(
        expected.map(({ similarity }) => expect.closeTo(similarity, 10)),
      );
      for (const { item, index: at } of found) expect(items[at]).toBe(item);
      expect(found.every(({ item }) => item.db === db)).toBe(true);
    }
  });

  it('leave out what is skipped, and name the position in the list', () => {
    const { question, db } = items[40] as TextToSqlItem;
    const [best] = index.nearest(question, db, 1);
    expect(best?.similarity).toBeCloseTo(1, 10);
    const others = index.nearest(question, db, 500, (item) => item.question === question);
    expect(others.some(({ item }) => item.question === question)).toBe(false);
    expect(others.length).toBeGreaterThan(20);
  });

  it('of a database nobody asked about are none, nor of words nobody used', () => {
    expect(index.nearest('Which bonds?', 'elsewhere', 5)).toEqual([]);
    expect(index.of('elsewhere')).toEqual([]);
    expect(index.count('elsewhere')).toBe(0);
    expect(index.nearest('zzqxj', 'demo', 5)).toEqual([]);
    expect(buildExemplarIndex([]).nearest('Which bonds?', 'demo', 5)).toEqual([]);
  });

  it('keep the order of the list, whether indexed at once or in turns', async () => {
    const inTurns = await buildExemplarIndexInTurns(items);
    for (const db of ['demo', 'concert', '基金']) {
      const own = items.filter((item) => item.db === db);
      expect(index.of(db)).toEqual(own);
      expect(inTurns.of(db)).toEqual(own);
      expect(inTurns.count(db)).toBe(own.length);
      expect(inTurns.nearest('banks in 2023', db, 9)).toEqual(
        index.nearest('banks in 2023', db, 9),
      );
    }
  });
});

describe('known questions of a kind', () => {
  it('are counted, with the largest share that a word or a pair of words has of them', () => {
    const isOfKind = ({ question }: TextToSqlItem) => question.includes('doctorate');
    const own = items.filter(({ db }) => db === 'demo');
    const of = (question: string) => index.ofKind(question, 'demo', isOfKind);
    expect(of('doctorate')).toEqual({ count: own.filter(isOfKind).length, share: 1 });
    const banks = own.filter(({ question }) => words(question).includes('banks'));
    expect(of('banks').share).toBeCloseTo(banks.filter(isOfKind).length / banks.length, 10);
    expect(of('zzqxj').share).toBe(0);
    const kind = ({ sql }: TextToSqlItem) => sql === 'select 1';
    const few = (count: number) =>
      buildExemplarIndex(
        Array.from({ length: count }, () => ({ question: 'Zebras?', sql: 'select 1', db: 'zoo' })),
      ).ofKind('zebras', 'zoo', kind);
    expect(few(3)).toEqual({ count: 3, share: 0 });
    expect(few(4)).toEqual({ count: 4, share: 1 });
    expect(index.ofKind('doctorate', 'elsewhere', isOfKind)).toEqual({ count: 0, share: 0 });
  });
});

describe('questionKey', () => {
  it.each([
    ['Which funds have a fee ≥ 2?', 'which funds have a fee => 2'],
    ['手续费≠2的基金', '手续费 <> 2的基金？'],
    ['Fee ÷ size of funds', 'fee / size of funds'],
    ['Fee − size of funds', 'fee - size of funds'],
    ['Which funds have a fee = 2?', 'Which funds have a fee 2'],
    ['State-owned banks on 2024-03-05', '- state owned banks on 2024/03/05 -'],
    ['Ｆｕｎｄｓ＞２', 'funds > 2'],
  ])('is one for %s and %s', (one, other) => {
    expect(questionKey(one)).toBe(questionKey(other));
  });

  it.each([
    ['手续费≥2的基金', '手续费≤2的基金', '手续费>2的基金', '手续费=2的基金'],
    ['fee + size', 'fee - size', 'fee * size', 'fee / size', 'fee size'],
    ['收入-成本', '收入+成本', '收入成本'],
    ['Returns above -5', 'Returns above 5', 'Returns above 5%'],
    ['Bonds rated A+?', 'Bonds rated A-?', 'Bonds rated A?'],
  ])('tells %s and the like apart', (...questions) => {
    expect(new Set(questions.map(questionKey)).size).toBe(questions.length);
  });
});
