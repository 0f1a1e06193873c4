/** What a job was told and what came of it, as names and values to read. */
import { dateTime, number } from '../../parts/format.ts';
import { language } from '../../parts/language.ts';
import { text, UNITS } from './job-fields.ts';

type Values = Readonly<Record<string, unknown>>;

/** A long value is cut. */
const LONGEST = 160;

/** Each field that has a value; those of an object within stand among them. */
export function jobFacts(values: Values): readonly (readonly [string, string])[] {
  const { fields } = text[language.value];
  return Object.entries(values).flatMap(([name, value]) => {
    if (value === null || value === undefined) return [];
    if (isObject(value)) return jobFacts(value);
    return [[fields[name] ?? name.replaceAll('_', ' '), factOf(name, value)] as const];
  });
}

function factOf(name: string, value: unknown): string {
  const words = text[language.value];
  const unit = UNITS[name];
  if (typeof value === 'number') return unit === undefined ? number(value, 4) : unit(value);
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'string') return name === 'at' ? dateTime(value) : value;
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object' || isKnown(one))) {
    return cut(value.map(itemOf).join(words.separator));
  }
  return cut(JSON.stringify(value));
}

/** One of a list: a database and its score, a table and its rows, or a plain value. */
function itemOf(value: unknown): string {
  const words = text[language.value];
  if (typeof value === 'number') return number(value, 4);
  if (!isObject(value)) return String(value);
  const { db, name, correct, scored, rows } = value;
  return typeof db === 'string'
    ? words.rightOf(db, number(Number(correct)), number(Number(scored)))
    : words.rows(String(name), Number(rows));
}

function isKnown(value: unknown): boolean {
  return (
    isObject(value) && ('db' in value ? 'scored' in value : 'name' in value && 'rows' in value)
  );
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function cut(written: string): string {
  return written.length > LONGEST ? `${written.slice(0, LONGEST)}…` : written;
}
