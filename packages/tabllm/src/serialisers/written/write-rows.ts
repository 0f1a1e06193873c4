/**
 * Rows put into words by a language model. A text that leaves a fact out, adds a number or was cut is
 * not taken: the Text Template says that part instead. What was written once is not written again.
 */
import type { TextSource } from '@quaestor/peft';
import { type Field, type Missing, settleMissing, type WrittenField } from '../field.ts';
import { saysFacts } from './says-facts.ts';
import type { TextPart, TextWriter } from './text-writer.ts';

/** Texts by prompt; an empty text: none was any good. */
export interface WrittenTexts {
  get(prompt: string): string | undefined;
  set(prompt: string, text: string): void;
}

export interface WriteRowsOptions {
  readonly writer: TextWriter;
  /** Greedy, so that equal rows get equal texts. */
  readonly source: TextSource;
  /** Default: kept for this call. */
  readonly cache?: WrittenTexts;
  /** Default 'omit'. */
  readonly missing?: Missing;
  readonly signal?: AbortSignal | undefined;
  /** Told after each new text. */
  readonly onProgress?: (done: number, all: number) => void;
}

export interface WrittenRows {
  readonly notes: readonly string[];
  /** Share of the parts that the model’s own words say. */
  readonly accepted: number;
}

/** Prompts of a request; what is done stays done if a later one is stopped. */
const AT_ONCE = 64;

/** @throws whatever the source throws; the signal's reason when it fires */
export async function writeRows(
  rows: readonly (readonly Field[])[],
  options: WriteRowsOptions,
): Promise<WrittenRows> {
  const { writer, source, missing = 'omit', signal, onProgress } = options;
  const cache = options.cache ?? new Map<string, string>();
  const parts = rows.map((fields) => writer.parts(settleMissing(fields, missing)));
  const wanted = new Map(parts.flat().map((part) => [part.prompt, part]));
  const unknown = [...wanted.values()].filter(({ prompt }) => cache.get(prompt) === undefined);
  let done = wanted.size - unknown.length;
  for (let start = 0; start < unknown.length; start += AT_ONCE) {
    const asked = unknown.slice(start, start + AT_ONCE);
    const prompts = asked.map(({ prompt }) => prompt);
    for await (const { prompt, text, finish } of source(prompts, { seed: 0, stop: [], signal })) {
      const part = asked[prompt] as TextPart;
      if (finish === 'aborted') continue;
      const sentence = text.trim().replace(/\s+/gu, ' ');
      const good = finish === 'stop' && saysFacts(sentence, part.fields);
      cache.set(part.prompt, good ? sentence : '');
      onProgress?.(++done, wanted.size);
    }
    signal?.throwIfAborted();
  }
  const all = parts.flat();
  const accepted = all.filter(({ prompt }) => cache.get(prompt)).length;
  return {
    notes: parts.map((own) =>
      own.map(({ prompt, fields }) => cache.get(prompt) || template(fields)).join(' '),
    ),
    accepted: all.length === 0 ? 1 : accepted / all.length,
  };
}

function template(fields: readonly WrittenField[]): string {
  return fields.map(({ name, value }) => `The ${name} is ${value}.`).join(' ');
}
