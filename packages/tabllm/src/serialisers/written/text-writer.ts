/**
 * The registry of ways to have a language model put a row into words (Hegselmann et al. 2023, §3.1:
 * Table-To-Text, Text T0 and Text GPT-3). A row is written in parts; each part has a prompt and the
 * fields that its text must say.
 */
import type { WrittenField } from '../field.ts';

export interface TextPart {
  readonly prompt: string;
  readonly fields: readonly WrittenField[];
}

export interface TextWriter {
  /** As given on the command line. */
  readonly name: string;
  /** One line, no full stop. */
  readonly summary: string;
  parts(fields: readonly WrittenField[]): readonly TextPart[];
}

const listed = (fields: readonly WrittenField[]): string =>
  fields.map(({ name, value }) => `${name}: ${value}`).join(', ');

const WRITERS: readonly TextWriter[] = [
  {
    name: 'table-to-text',
    summary: 'each column a sentence by the language model',
    parts: (fields) =>
      fields.map((field) => ({
        prompt: `Write one short sentence that says this table cell, with its exact words and numbers.\n${listed([field])}`,
        fields: [field],
      })),
  },
  {
    name: 'text-pairs',
    summary: 'two columns a sentence by the language model, the paper’s Text T0',
    parts: (fields) =>
      Array.from({ length: Math.ceil(fields.length / 2) }, (_, i) => {
        const two = fields.slice(2 * i, 2 * i + 2);
        return { prompt: `Write this information as a sentence: ${listed(two)}.`, fields: two };
      }),
  },
  {
    name: 'text-written',
    summary: 'the whole row by the language model, the paper’s Text GPT-3',
    parts: (fields) => [
      {
        prompt: `Rewrite all list items in the input as a natural text.\n\n${fields
          .map(({ name, value }) => `- ${name}: ${value}`)
          .join('\n')}`,
        fields,
      },
    ],
  },
];

/** Every writer. */
export function textWriters(): readonly TextWriter[] {
  return WRITERS;
}

/** A writer by name; null where the name is that of no writer. */
export function findTextWriter(name: string): TextWriter | null {
  return WRITERS.find((writer) => writer.name === name) ?? null;
}
