import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTasks, taskPrompt, taskText } from './task-text.ts';

const seeds = [
  { instruction: 'Name the capital.', input: 'France', output: 'Paris' },
  { instruction: 'Tell a joke.', input: '', output: 'No.' },
];

describe('taskPrompt', () => {
  it('shows the tasks and leaves the next one open', () => {
    const prompt = taskPrompt(seeds, 4);
    expect(prompt).toContain('Write 4 more tasks');
    expect(prompt).toContain('Task 2\nInstruction: Tell a joke.\nInput: <noinput>\nOutput: No.');
    expect(prompt.endsWith('\nTask 3\nInstruction:')).toBe(true);
  });
});

describe('parseTasks', () => {
  it('reads a continuation of the prompt', () => {
    const text =
      ' Name the river.\nInput: Egypt\nOutput: Nile\n\nTask 4\nInstruction: Count\nto three.\nInput: <noinput>\nOutput:\n1\n2\n3\n\nTask 5\nInstruction: Half';
    expect(parseTasks(text)).toEqual([
      { instruction: 'Name the river.', input: 'Egypt', output: 'Nile' },
      { instruction: 'Count\nto three.', input: '', output: '1\n2\n3' },
      { instruction: 'Half', input: '', output: null },
    ]);
  });

  it.each([
    ['**Task 3**\n**Instruction:** Add.\n**Input:** 1, 2\n**Output:** 3\n---'],
    ['### Task 3: Add.\r\n- Input: 1, 2\r\n- OUTPUT： 3'],
    ['1. Instruction: Add.\n2. Inputs: 1, 2\n3. Output: 3'],
    ['Instruction: Add.\n###\nInput: 1, 2\nOutput: 3\n###\n'],
  ])('reads the form of %j', (text) => {
    expect(parseTasks(text)).toEqual([{ instruction: 'Add.', input: '1, 2', output: '3' }]);
  });

  it('ends a task where a heading comes again', () => {
    expect(parseTasks('Add.\nInput: 1, 2\nOutput: 3\n\nInput: 4\nOutput: 4')).toEqual([
      { instruction: 'Add.', input: '1, 2', output: '3' },
      { instruction: '', input: '4', output: '4' },
    ]);
  });

  it('takes no heading from the middle of a line', () => {
    expect(parseTasks('Explain what Input: means\nOutput: A Task 3 word')).toEqual([
      { instruction: 'Explain what Input: means', input: '', output: 'A Task 3 word' },
    ]);
  });

  it('reads what taskText writes', () => {
    const word = fc.stringMatching(/^[a-z金.,!?'"0-9]{1,6}$/u);
    const text = fc
      .array(word, { minLength: 1, maxLength: 6 })
      .map((list) => `a ${list.join(' ')}`);
    const multiline = fc
      .array(text, { minLength: 1, maxLength: 3 })
      .map((lines) => lines.join('\n'));
    const record = fc.record({
      instruction: multiline,
      input: fc.oneof(fc.constant(''), multiline),
      output: multiline,
    });
    fc.assert(
      fc.property(
        fc.array(record, { maxLength: 4 }),
        fc.constantFrom('\n', '\n\n', '\n###\n'),
        (records, between) => {
          const text = records.map((one, i) => taskText(one, i + 1)).join(between);
          expect(parseTasks(text)).toEqual(records);
        },
      ),
    );
  });

  it('reads any text, inventing nothing', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 5 }),
      fc.constantFrom(
        'Task 3',
        'Instruction:',
        'Input:',
        'Output:',
        '\n',
        '\r\n',
        '**',
        '###',
        '1.',
        ' ',
        '<noinput>',
        'None',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const drafts = parseTasks(text);
        const plain = text.replace(/\r\n?/g, '\n');
        let length = 0;
        for (const { instruction, input, output } of drafts) {
          expect(instruction || input || output).toBeTruthy();
          for (const part of [instruction, input, output ?? '']) {
            for (const line of part.split('\n')) expect(plain).toContain(line);
            length += part.length;
          }
        }
        expect(length).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 500 },
    );
  });

  it('takes time in proportion to the text', () => {
    for (const part of [
      '*',
      '# ',
      'task 1',
      'Task 1\nInstruction: a\nOutput: b\n',
      '- 1. ',
      'input ',
    ]) {
      const begun = performance.now();
      parseTasks(part.repeat(20_000));
      expect(performance.now() - begun).toBeLessThan(2000);
    }
  });
});
