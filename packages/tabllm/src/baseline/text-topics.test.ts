import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { fitTextTopics, saysSomething } from './fit-text-topics.ts';
import { type TextWords, textReader, topicsOf, wordWeigher } from './text-topics.ts';
import { wordsOf } from './text-words.ts';

function learned(cells: readonly string[]): TextWords {
  const text = fitTextTopics(cells);
  if (text === null) throw new Error('nothing is said');
  return text;
}

describe('wordsOf', () => {
  it.each([
    ['AMZN Mktp US*2K3, 12.50 EUR', ['amzn', 'mktp', 'us', '#', 'k', '#', '#', '#', 'eur']],
    ['Café CAFE\u0301 straße', ['café', 'café', 'straße']],
    ['支付宝-餐饮', ['支', '支付', '付', '付宝', '宝', '餐', '餐饮', '饮']],
    ['付ATM 500元', ['付', 'atm', '#', '元']],
    ['Ｖｉｓａ １２', ['visa', '#']],
    [' …!? ', []],
  ])('of %s', (cell, words) => {
    expect(wordsOf(cell)).toEqual(words);
  });

  it('are of any text', () => {
    const random = seededRandom(3);
    for (let i = 0; i < 300; i++) {
      const points = Array.from({ length: 40 }, () => random.integer(0x11_0000));
      const cell = String.fromCodePoint(...points.map((at) => (at >> 11 === 0x1b ? 32 : at)));
      for (const word of wordsOf(cell)) expect(word).not.toMatch(/\s|^$/);
    }
  });
});

describe('words and topics', () => {
  const CELLS = [
    'Coffee at the station, coffee again',
    'Train ticket to Bonn',
    'Coffee and cake in Bonn',
    'Rent of the flat in March',
    'Rent of the flat in April',
    'Ticket for the train, the late train',
  ];

  it('weigh words as scikit-learn does', () => {
    // TfidfVectorizer(sublinear_tf=True, min_df=2) of scikit-learn 1.9.1.
    const expected: readonly Readonly<Record<string, number>>[] = [
      { coffee: 0.919569, the: 0.392928 },
      { bonn: 0.57735, ticket: 0.57735, train: 0.57735 },
      { bonn: 0.607144, coffee: 0.607144, in: 0.512593 },
      { flat: 0.48586, in: 0.410197, of: 0.48586, rent: 0.48586, the: 0.351507 },
      { flat: 0.48586, in: 0.410197, of: 0.48586, rent: 0.48586, the: 0.351507 },
      { the: 0.52874, ticket: 0.431643, train: 0.730834 },
    ];
    const text = learned(CELLS);
    const weigh = wordWeigher(text);
    for (const [i, cell] of CELLS.entries()) {
      const { places, weights } = weigh(cell);
      const told = places.map((place, at) => [text.words[place], weights[at]] as const);
      expect(Object.keys(expected[i] ?? {}).sort()).toEqual(told.map(([word]) => word).sort());
      for (const [word, weight] of told) {
        expect(weight).toBeCloseTo(expected[i]?.[word as string] as number, 4);
      }
    }
  });

  it('say all of a few texts by topics', () => {
    const text = learned(CELLS);
    const weighed = CELLS.map(wordWeigher(text));
    const topics = weighed.map((row) => topicsOf(text, row));
    for (const [i, one] of weighed.entries()) {
      for (const [j, other] of weighed.entries()) {
        const shared = one.places.reduce((sum, place, at) => {
          const beside = other.places.indexOf(place);
          return sum + (beside < 0 ? 0 : (one.weights[at] ?? 0) * (other.weights[beside] ?? 0));
        }, 0);
        const along = topics[i]?.reduce((sum, value, t) => sum + value * (topics[j]?.[t] ?? 0), 0);
        expect(along).toBeCloseTo(shared, 3);
      }
    }
  });

  it('find what texts differ by', () => {
    const random = seededRandom(7);
    const kinds = [
      ['rent', 'flat', 'landlord', 'deposit'],
      ['train', 'ticket', 'station', 'seat'],
      ['coffee', 'cake', 'lunch', 'tea'],
    ] as const;
    const cells = Array.from({ length: 240 }, (_, i) => {
      const words = kinds[i % 3] ?? [];
      const own = Array.from({ length: 3 }, () => words[random.integer(4)]);
      return [...own, `w${'abcdefgh'[random.integer(8)]}`].join(' ');
    });
    const text = learned(cells);
    const weigh = wordWeigher(text);
    const cosine = (a: Float64Array, b: Float64Array) => {
      const dot = (x: Float64Array, y: Float64Array) =>
        x.slice(0, 3).reduce((sum, value, t) => sum + value * (y[t] as number), 0);
      return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    };
    // No word in common.
    const [rent, flat, tea] = ['rent landlord', 'flat deposit', 'tea lunch'].map((cell) =>
      topicsOf(text, weigh(cell)),
    );
    expect(cosine(rent as Float64Array, flat as Float64Array)).toBeGreaterThan(0.9);
    expect(cosine(rent as Float64Array, tea as Float64Array)).toBeLessThan(0.3);
  });

  it('are fewer of each of many columns', () => {
    const letter = (i: number) => String.fromCharCode(97 + i);
    const cells = Array.from(
      { length: 80 },
      (_, i) => `${letter(i % 26)}w ${letter(i % 10)}v ${letter(i % 7)}u`,
    );
    const one = fitTextTopics(cells);
    const many = fitTextTopics(cells, 30);
    expect(one?.words).toEqual(many?.words);
    expect([one?.topics, many?.topics, many?.shown]).toEqual([16, 4, 40]);
  });

  it('are nothing of cells without known words', () => {
    expect(textReader(learned(CELLS))('Zebra')).toEqual([]);
    expect(textReader(learned(CELLS))('')).toEqual([]);
  });

  it('are not learned where no word is met again, nor of numbers and dates', () => {
    expect(saysSomething(CELLS)).toBe(true);
    for (const cells of [[], ['one', 'two'], ['1.200,5 EUR', '1.300,5 EUR'], ['', '']]) {
      expect(saysSomething(cells)).toBe(false);
      expect(fitTextTopics(cells)).toBeNull();
    }
  });
});
