import { describe, expect, it } from 'vitest';
import { PeftError } from '../errors.ts';
import { instructionMessages } from './instruction-record.ts';
import { type InstructionTask, instructionRecords } from './templates.ts';

const rows = [
  { premise: 'A dog runs.', hypothesis: 'An animal moves.', label: 0 },
  { premise: 'A dog runs.', hypothesis: 'A cat sleeps.', label: 1 },
];
const task: InstructionTask = {
  templates: [
    {
      instruction: 'Does the premise entail the hypothesis?\n{options}',
      input: '{premise} {hypothesis}',
      output: '{label}',
    },
    { instruction: 'If "{premise}" is true, is "{hypothesis}" true?', output: '{label}' },
  ],
  options: ['yes', 'no'],
  names: { label: { 0: 'yes', 1: 'no' } },
};

describe('instructionRecords', () => {
  it('writes every wording', () => {
    const records = instructionRecords(rows.slice(0, 1), task, { templatesPerRow: 'all' });
    expect(records).toHaveLength(2);
    expect(records).toContainEqual({
      instruction: 'Does the premise entail the hypothesis?\nOPTIONS:\n- yes\n- no',
      input: 'A dog runs. An animal moves.',
      output: 'yes',
    });
    expect(records).toContainEqual({
      instruction: 'If "A dog runs." is true, is "An animal moves." true?',
      input: '',
      output: 'yes',
    });
  });

  it('chooses wordings by the seed, all of them in the end', () => {
    const many = Array.from({ length: 40 }, () => rows[0] as (typeof rows)[0]);
    const wording = (seed: number) =>
      instructionRecords(many, task, { seed }).map(({ input }) => input === '');
    expect(wording(3)).toEqual(wording(3));
    expect(wording(3)).not.toEqual(wording(4));
    const shares = wording(3).filter(Boolean).length;
    expect(shares).toBeGreaterThan(8);
    expect(shares).toBeLessThan(32);
  });

  it('names everything that does not fit in one error', () => {
    const bad = [
      { premise: 'p', label: 7 },
      { premise: 'p', hypothesis: 'h', label: 1, options: 'x' },
    ];
    const refuse = () => instructionRecords(bad, task, { templatesPerRow: 'all' });
    expect(refuse).toThrow(PeftError);
    try {
      refuse();
    } catch (error) {
      expect((error as PeftError).problems.toSorted()).toEqual([
        'row 1: has no hypothesis',
        'row 1: label 7 has no name; there are 0, 1',
        'row 2: has a field "options", the name of the list of answers',
      ]);
    }
  });

  it('refuses an output that is no option, and options that are not there', () => {
    const { templates } = task;
    expect(() => instructionRecords(rows, { templates, options: ['0'] })).toThrow(
      'row 2: the output "1" is no option',
    );
    expect(() => instructionRecords(rows, { templates })).toThrow('names {options}');
    expect(() => instructionRecords(rows, { templates: [] })).toThrow('need wording and output');
  });

  it('gives conversations to train on', () => {
    const record = { instruction: 'Add.', input: '1, 2', output: '3' };
    expect(instructionMessages(record)).toEqual([
      { role: 'user', content: 'Add.\n\n1, 2' },
      { role: 'assistant', content: '3' },
    ]);
    expect(instructionMessages({ ...record, input: '' })[0]?.content).toBe('Add.');
  });
});
