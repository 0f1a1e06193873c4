import { describe, expect, it } from 'vitest';
import { structureOf } from './structure.ts';

describe('structureOf', () => {
  it('takes functions in place of tables', () => {
    const [one, other] = ['a', 'b'].map((text) => structureOf(`select * from words('${text}')`));
    expect(one).not.toBe(other);
  });

  it.each([
    ['aliases', 'SELECT a.name FROM fund AS a', 'SELECT fund.name FROM fund'],
    ['a lone table', 'SELECT name FROM fund', 'SELECT fund.name FROM fund'],
    ['case', 'select NAME from Fund where Kind = 1', 'SELECT name FROM fund WHERE kind = 1'],
    [
      'order of tables, conditions and equations',
      'SELECT a.name FROM fund a JOIN manager b ON a.id = b.fund_id WHERE b.age > 40 AND a.kind = 2',
      'SELECT f.name FROM manager m JOIN fund f ON m.fund_id = f.id WHERE f.kind = 2 AND m.age > 40',
    ],
    [
      'where a condition of an inner join stands',
      'SELECT a.name FROM fund a JOIN manager b ON a.id = b.fund_id AND b.age > 40',
      'SELECT a.name FROM fund a JOIN manager b ON a.id = b.fund_id WHERE b.age > 40',
    ],
    ['a table without a join condition', 'SELECT a.x FROM a, b', 'SELECT a.x FROM b CROSS JOIN a'],
    [
      'how an outer join is spelled',
      'SELECT a.name FROM fund a LEFT JOIN manager b ON a.id = b.id',
      'SELECT f.name FROM fund f LEFT OUTER JOIN manager ON f.id = manager.id',
    ],
    ['order of columns', 'SELECT name, kind FROM fund', 'SELECT kind, name FROM fund'],
    [
      'aliases within a subquery',
      'SELECT name FROM fund WHERE id IN (SELECT x.fund_id FROM manager x)',
      'SELECT name FROM fund WHERE id IN (SELECT fund_id FROM manager)',
    ],
    [
      'both sides of a set operation',
      'SELECT a.name FROM fund a UNION SELECT b.name FROM stock b',
      'SELECT name FROM fund UNION SELECT name FROM stock',
    ],
    ['what the parser does not know', 'SELECT 年份 FROM t', 'select  年份  FROM T'],
  ])('does not tell apart %s', (_, left, right) => {
    expect(structureOf(left)).toBe(structureOf(right));
  });

  it.each([
    ['tables', 'SELECT name FROM fund', 'SELECT name FROM stock'],
    ['columns', 'SELECT name FROM fund', 'SELECT kind FROM fund'],
    [
      'literals',
      "SELECT name FROM fund WHERE kind = 'a'",
      "SELECT name FROM fund WHERE kind = 'A'",
    ],
    ['operators', 'SELECT name FROM fund WHERE size > 1', 'SELECT name FROM fund WHERE size >= 1'],
    [
      'AND and OR',
      'SELECT name FROM fund WHERE size > 1 AND kind = 2',
      'SELECT name FROM fund WHERE size > 1 OR kind = 2',
    ],
    [
      'an AND behind an OR from one around it',
      'SELECT a.name FROM fund a JOIN manager b ON a.id = b.id OR a.size = 1 AND b.age = 3',
      'SELECT a.name FROM fund a JOIN manager b ON a.id = b.id OR a.size = 1 WHERE b.age = 3',
    ],
    [
      'outer joins from inner ones',
      'SELECT a.name FROM fund a LEFT JOIN manager b ON a.id = b.id',
      'SELECT a.name FROM fund a JOIN manager b ON a.id = b.id',
    ],
    [
      'what tables share by name',
      'SELECT name FROM fund JOIN manager USING (id)',
      'SELECT name FROM fund JOIN manager USING (code)',
    ],
    [
      'natural joins from products',
      'SELECT a.name FROM fund a NATURAL JOIN manager b',
      'SELECT a.name FROM fund a JOIN manager b',
    ],
    [
      'what an outer join matches by from a condition',
      'SELECT a.name FROM fund a LEFT JOIN manager b ON a.id = b.id AND b.age = 3',
      'SELECT a.name FROM fund a LEFT JOIN manager b ON a.id = b.id WHERE b.age = 3',
    ],
    ['distinct rows', 'SELECT name FROM fund', 'SELECT DISTINCT name FROM fund'],
    [
      'direction and limit',
      'SELECT name FROM fund ORDER BY size DESC LIMIT 1',
      'SELECT name FROM fund ORDER BY size LIMIT 1',
    ],
    [
      'set operations',
      'SELECT name FROM fund UNION SELECT name FROM stock',
      'SELECT name FROM fund EXCEPT SELECT name FROM stock',
    ],
    [
      'subqueries',
      'SELECT name FROM fund WHERE id IN (SELECT fund_id FROM manager)',
      'SELECT name FROM fund WHERE id IN (SELECT fund_id FROM manager WHERE age > 40)',
    ],
  ])('tells apart %s', (_, left, right) => {
    expect(structureOf(left)).not.toBe(structureOf(right));
  });
});
