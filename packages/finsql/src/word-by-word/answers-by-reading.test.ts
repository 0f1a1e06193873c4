import { afterAll, describe, expect, it } from 'vitest';
import { buildExemplarIndex } from '../retrieval/exemplars.ts';
import { retrieve } from '../retrieval/retrieve.ts';
import { openedDatabase, SHOP_SQL } from '../testing/shop-database.ts';
import { wordByWord } from './answers-by-reading.ts';

const known = Array.from({ length: 50 }, (_, at) => ({
  question: `Is ${at} known?`,
  sql: 'select 1',
  db: 'shop',
}));
const unfamiliar = openedDatabase(SHOP_SQL);
const familiar = openedDatabase(SHOP_SQL, buildExemplarIndex(known));
afterAll(() => {
  unfamiliar.close();
  familiar.close();
});

function read({ context }: typeof familiar, question: string, sureness: number | null) {
  const retrieval = retrieve(context, question, { exemplars: false });
  return wordByWord(context, retrieval, sureness)?.sql;
}

describe('wordByWord', () => {
  const question = 'How many customers are in Berlin?';
  const sql = "select count(*) from customers where city = 'Berlin'";

  it.each([[null], [-0.5], [-0.0001]])(
    'reads of an unfamiliar database, sureness %s',
    (sureness) => {
      expect(read(unfamiliar, question, sureness)).toBe(sql);
    },
  );

  it('reads of a familiar database only where the draft is unsure', () => {
    expect(read(familiar, question, -0.5)).toBe(sql);
    expect(read(familiar, question, -0.0001)).toBeUndefined();
    expect(read(familiar, question, null)).toBeUndefined();
  });

  it('passes over a word that nothing is known of, of an unfamiliar database alone', () => {
    const greeted = 'How many customers adore us in Berlin?';
    expect(read(unfamiliar, greeted, null)).toBe(sql);
    expect(read(familiar, greeted, -0.5)).toBeUndefined();
    expect(read(unfamiliar, 'How many Zorblatt customers are in Berlin?', null)).toBeUndefined();
  });

  it('takes names in part, and many tables, of an unfamiliar database alone', () => {
    const ordered = 'How many products did Alder order?';
    expect(read(unfamiliar, ordered, null)).toMatch(
      /^select count\(distinct t1\.product_id\) .* join/,
    );
    expect(read(familiar, ordered, -0.5)).toBeUndefined();
  });

  it('takes no name of an unfamiliar database that is far from what is said', () => {
    expect(read(unfamiliar, 'customers paid in 2021', null)).toBeUndefined();
  });
});
