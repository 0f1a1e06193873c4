import { describe, expect, it } from 'vitest';
import { connectingTables } from './join-path.ts';

/** `a-b` means that a has a key to b. */
const keys = (...pairs: readonly string[]) =>
  pairs.map((pair) => {
    const [table = '', target = ''] = pair.split('-');
    return { table, column: `${target}_id`, target, targetColumn: 'id' };
  });

describe('connectingTables', () => {
  it('adds nothing between tables that keys join', () => {
    expect(connectingTables(keys('a-b', 'b-c'), ['a', 'b', 'c'], ['a', 'b', 'c'])).toEqual([]);
  });

  it('adds the middle of a many-to-many', () => {
    const links = keys('enrolment-student', 'enrolment-course');
    expect(
      connectingTables(links, ['student', 'course'], ['student', 'course', 'enrolment']),
    ).toEqual(['enrolment']);
  });

  it('adds all steps of a longer path, in order', () => {
    const links = keys('a-x', 'x-y', 'y-b', 'a-p', 'p-q', 'q-r', 'r-b');
    expect(connectingTables(links, ['a', 'b'], ['a', 'b'])).toEqual(['x', 'y']);
  });

  it('takes the better ranked of two equally short paths', () => {
    const links = keys('x-a', 'x-b', 'y-a', 'y-b');
    expect(connectingTables(links, ['a', 'b'], ['a', 'b', 'y', 'x'])).toEqual(['y']);
    expect(connectingTables(links, ['a', 'b'], ['a', 'b', 'x', 'y'])).toEqual(['x']);
  });

  it('takes what refers to both before what both refer to, unless that ranks better', () => {
    const links = keys('fund-company', 'manager-company', 'term-fund', 'term-manager');
    const chosen = ['fund', 'manager'];
    expect(connectingTables(links, chosen, chosen)).toEqual(['term']);
    expect(connectingTables(links.toReversed(), chosen, chosen)).toEqual(['term']);
    expect(connectingTables(links, chosen, [...chosen, 'company'])).toEqual(['company']);
    expect(connectingTables(links.slice(0, 2), chosen, chosen)).toEqual(['company']);
  });

  it('goes on from what was joined before', () => {
    const links = keys('m-a', 'm-b', 'n-b', 'n-c');
    expect(connectingTables(links, ['a', 'b', 'c'], ['a', 'b', 'c'])).toEqual(['m', 'n']);
  });

  it('leaves apart what no keys join, and what is too far', () => {
    expect(connectingTables(keys('a-b'), ['a', 'z'], ['a', 'z'])).toEqual([]);
    const far = keys('a-s', 's-t', 't-u', 'u-v', 'v-z');
    expect(connectingTables(far, ['a', 'z'], ['a', 'z'])).toEqual([]);
    expect(connectingTables(far, ['a', 'v'], ['a', 'v'])).toEqual(['s', 't', 'u']);
    expect(connectingTables([], [], [])).toEqual([]);
  });
});
