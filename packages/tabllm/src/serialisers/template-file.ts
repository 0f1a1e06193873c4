/**
 * A layout of one's own: text with columns in braces, `{age} years old, works as {job}.` Under
 * 'omit' a sentence or line of which a value is missing is left out. `{{` and `}}` are braces.
 */
import { TabLlmError } from '../errors.ts';
import type { Missing } from './field.ts';

export type FillTemplate = (read: (column: string) => string | null) => string;

const PART = /\{\{|\}\}|\{([^{}]*)\}/g;

/**
 * @param columns headers that may stand in braces
 * @throws TabLlmError 'bad-config' naming every placeholder that is no column
 */
export function parseTemplate(
  template: string,
  columns: readonly string[],
  missing: Missing = 'omit',
): FillTemplate {
  const used = [...template.matchAll(PART)].flatMap(([, name]) =>
    name === undefined ? [] : [name],
  );
  const unknown = [...new Set(used)].filter((name) => !columns.includes(name));
  if (unknown.length > 0 || used.length === 0) {
    throw new TabLlmError(
      'bad-config',
      {
        en: `The template must name columns: ${columns.join(', ')}.`,
        zh: `模板中要写出列名，可用的列：${columns.join('、')}。`,
      },
      {
        problems:
          used.length === 0
            ? [{ en: 'it names none', zh: '模板中没有列名' }]
            : unknown.map((name) => ({
                en: `{${name}} is no column of the table`,
                zh: `{${name}} 不是表格的列`,
              })),
      },
    );
  }
  const sentences = sentencesOf(template.trimEnd());
  return (read) =>
    sentences
      .map((sentence) => fill(sentence, read, missing))
      .join('')
      .trim();
}

function sentencesOf(template: string): string[] {
  // A header such as `No. of rooms` ends no sentence.
  const bare = template.replace(PART, (part) => '_'.repeat(part.length));
  let start = 0;
  return bare.split(/(?<=[.!?;]\s+|\n)/u).map(({ length }) => {
    start += length;
    return template.slice(start - length, start);
  });
}

function fill(sentence: string, read: (column: string) => string | null, missing: Missing): string {
  let absent = false;
  const text = sentence.replace(PART, (part, name: string | undefined) => {
    if (name === undefined) return part.charAt(0);
    const value = read(name);
    absent ||= value === null;
    return value ?? (missing === 'unknown' ? 'unknown' : '');
  });
  return absent && missing === 'omit' ? '' : text;
}
