import type { ColumnKind } from '../schema/schema.ts';

const DATE_VALUE = /^\d{4}-\d{1,2}-\d{1,2}(?:[ T]\d{1,2}:\d{2}.*)?$/;

/**
 * What a column holds, from its declared type (SQLite's affinity rules,
 * https://sqlite.org/datatype3.html §3.1) and, where that says little, from its values.
 */
export function columnKind(name: string, type: string, values: readonly string[]): ColumnKind {
  const declared = type.toLowerCase();
  if (/date|timestamp/.test(declared)) return 'date';
  if (/bool/.test(declared)) return 'boolean';
  const isText = /char|clob|text/.test(declared);
  if (!isText && /int/.test(declared)) return 'integer';
  if (!isText && /real|floa|doub|num|dec|money/.test(declared)) return 'number';
  if (values.length > 0) {
    if (values.every((value) => DATE_VALUE.test(value))) return 'date';
    if (!isText && values.every((value) => /^-?\d+$/.test(value))) return 'integer';
    if (!isText && values.every((value) => value.trim() !== '' && Number.isFinite(Number(value)))) {
      return 'number';
    }
  } else if (/(?:date|day)$/i.test(name)) {
    return 'date';
  }
  return 'text';
}
