import { describe, expect, it } from 'vitest';
import type { Column } from '../schema/schema.ts';
import { legendOf } from './legend.ts';

function column(parts: Partial<Column>): Column {
  return {
    ...{ name: 'status', type: 'TEXT', kind: 'text', comment: '', primaryKey: false, samples: [] },
    ...parts,
  };
}

describe('legendOf', () => {
  it('tells what a comment explains, on one line', () => {
    const codes = column({ comment: ' A active,\n C closed ', samples: ['A', 'C'] });
    expect(legendOf(codes)).toBe('A active, C closed');
  });

  it('tells the texts of a column that holds few', () => {
    expect(legendOf(column({ samples: ['open', "won't pay"] }))).toBe("'open' 'won''t pay'");
    expect(legendOf(column({ comment: 'state', samples: ['A', 'C'] }))).toBe("state; 'A' 'C'");
  });

  it('does not tell texts that are shown, explained, long or many', () => {
    expect(legendOf(column({ samples: ['open'] }), ['open'])).toBe('');
    expect(legendOf(column({ comment: 'open, paid', samples: ['open', 'paid'] }))).toBe(
      'open, paid',
    );
    expect(legendOf(column({ samples: ['open', 'a note of some thirty letters'] }))).toBe('');
    expect(legendOf(column({ samples: ['a', 'b', 'c', 'd', 'e'] }))).toBe('');
  });

  it('tells how days are written that are no dates to SQLite', () => {
    const days = column({ type: 'INTEGER', kind: 'integer', samples: ['20240315', '20240401'] });
    expect(legendOf(days)).toBe('20240315');
    expect(
      legendOf(column({ samples: ['2024-01', '2024-02', '2024-03', '2024-04', '2024-05'] })),
    ).toBe("'2024-01'");
    expect(legendOf(column({ kind: 'date', samples: ['2024-03-15'] }))).toBe('');
    expect(legendOf(column({ kind: 'integer', samples: ['4200'] }))).toBe('');
  });

  it('cuts a long comment', () => {
    expect(legendOf(column({ comment: 'word '.repeat(100) })).length).toBeLessThanOrEqual(110);
  });
});
