/** Words of which nothing is known, passed over where the rest of the question says enough. */
import { afterAll, describe, expect, it } from 'vitest';
import { retrieve } from '../../retrieval/retrieve.ts';
import { openedDatabase, SHOP_SQL } from '../../testing/shop-database.ts';
import { composeStatement } from '../compose-statement.ts';
import { Unread } from '../model/unread.ts';

const { context, run, close } = openedDatabase(SHOP_SQL);
afterAll(close);

function compose(question: string, mayPassOver: number) {
  return composeStatement(context, retrieve(context, question, { exemplars: false }), {
    mayPassOver,
  });
}

describe('words that nothing is known of', () => {
  it.each([
    ['How many customers adore us in Berlin?', ['adore'], [[2]]],
    ['Which customers greeting us live in Berlin?', ['greeting'], [['Alder'], ['Cedar']]],
    [
      'Names of customers greeting us who live luckily in Berlin',
      ['greeting', 'luckily'],
      [['Alder'], ['Cedar']],
    ],
    ['哪些客户资料在 Berlin', ['资料'], [['Alder'], ['Cedar']]],
  ])('are passed over and named: %s', (question, passedOver, rows) => {
    const composed = compose(question, 2);
    if (composed instanceof Unread) throw composed;
    expect(composed.passedOver).toEqual(passedOver);
    expect(run(composed.sql)).toEqual(rows);
  });

  it('cost more than names in part', () => {
    const [whole, less, least] = [
      'Which customers live in Berlin?',
      'Which customers greeting us live in Berlin?',
      'Which customers greeting us live luckily in Berlin?',
    ].map((question) => compose(question, 2));
    expect([whole, less, least].map((one) => (one instanceof Unread ? null : one?.cost))).toEqual([
      0, 5.5, 11,
    ]);
  });

  it.each([
    ['a name', 'How many Zorblatt customers are in Berlin?'],
    ['a number', 'How many customers are in Berlin 12b?'],
    ['a name', 'Which customers in Berlin are called zorblatt?'],
    ['a name', 'How many customers are there in zorblatt?'],
    ['a denial', 'Which customers in Berlin have nobody?'],
    ['a denial in short', "Which customers in Berlin shouldn't be there?"],
    ['what is asked for', 'How many patents do customers have?'],
    ['what is asked for', 'What is the nationality of customers?'],
    ['what is asked for', '各类别的产品数量和毛利'],
    ['all that is said', 'Which customers are married?'],
    ['three words', 'Show customers in Berlin, luckily spelled very nicely'],
    ['which of the things', 'How many loyal customers do we have in Berlin?'],
    ['which of the things', '正常运作的客户有几个'],
    ['which of the things', '换过的客户有几个'],
    ['whose it is', "Prices of the baker's products"],
    ['a part of the rows', 'Cancellation rate of products'],
    ['of what there is none', 'Which customers live in Berlin without any debt?'],
    ['of what the part is', 'What percentage of the savings is in Berlin?'],
    ['what is counted', 'Number of forwards in Berlin'],
    ['of what it is the most', 'The most expensive bargain by price'],
    ['a part of a list', 'List the name and megawatts of customers'],
    ['a part of a list', '列出客户的名称、付款方、城市'],
    ['what is asked for of things', 'Show customer loyalty in Berlin'],
    ['how something is done', 'Customers politically listed in Berlin'],
    ['all that is said', 'Customers in Berlin that have gone insolvent, by name'],
    ['another figure', 'median credit limit of customers in Berlin'],
    ['another figure', '修订信用额度 of customers'],
    ['a state', 'How many orders are overdue as of 30 June 2021?'],
    ['a denial', 'Berlin 外的客户有几个'],
    ['of what the number is', 'customers with a credit limit over 6 fortnights'],
    ['another value', '订单在 Berlin 和民企 2023年'],
  ])('are not passed over where one is %s: %s', (_, question) => {
    expect(compose(question, 2)).toBeInstanceOf(Unread);
  });

  it('are not passed over where that is not asked for', () => {
    expect(compose('How many loyal customers do we have in Berlin?', 0)).toBeInstanceOf(Unread);
  });
});
