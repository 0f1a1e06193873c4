/**
 * Patterns of questions and their SQL as text, blocks between empty lines:
 *
 *     # a comment
 *     $sc = income_statement as s join company as c on s.company_id = c.company_id
 *
 *     * 2
 *     en: [What was|Give] the {m} of {company} in {year}.
 *     zh: {company}{year}年的{m}是多少？
 *     sql: select s.{m} from $sc where c.company_name = {company} and s.fiscal_year = {year}
 *
 * `$name` is a text that later SQL contains, `* n` how many shares of the set a pattern gets, `en`
 * and `zh` its wordings (see phrase.ts).
 *
 * - `{slot}` an entry of slots.json, `{slot.field}` a field of the same entry
 * - `{slot2}` a later entry of the same slot
 * - `{slot!}` its value without quotes
 * - `{slot?1}` in SQL: 1 where the wording doesn't mention the slot
 * - `[slot: text]` in SQL: only where the wording mentions the slot
 * - `{^slot}` in a field of an entry: the pattern's slot, not one of that entry's own
 */
import type { Translated } from '@quaestor/peft';
import { FinSqlError } from '../../errors.ts';
import type { Language } from './slots.ts';

export interface Pattern {
  /** Where it stands, for reports. */
  readonly name: string;
  readonly weight: number;
  readonly wordings: Readonly<Record<Language, readonly string[]>>;
  readonly sql: string;
}

/**
 * Reads a pattern file.
 * @param name of the file, for names and messages
 * @throws FinSqlError `bad-data` with every line that is none of the above and every unfinished block
 */
export function parsePatterns(content: string, name: string): readonly Pattern[] {
  const macros = new Map<string, string>();
  const patterns: Pattern[] = [];
  const problems: Translated[] = [];
  const lines = [...content.split('\n'), ''];
  let draft = emptyDraft();
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    const place = `${name}:${index + 1}`;
    if (line.startsWith('#')) continue;
    const macro = /^\$(\w+)\s*=\s*(.+)$/.exec(line);
    const weight = /^\*\s*(\d+(?:\.\d+)?)$/.exec(line);
    const text = /^(en|zh|sql):\s*(.+)$/.exec(line);
    if (macro !== null) macros.set(macro[1] ?? '', expandMacros(macro[2] ?? '', macros));
    else if (weight !== null) draft.weight = Number(weight[1]);
    else if (text?.[1] === 'sql') draft.sql = expandMacros(text[2] ?? '', macros);
    else if (text !== null) draft[text[1] as Language].push(text[2] ?? '');
    else if (line !== '') {
      problems.push({
        en: `${place}: expected "en:", "zh:", "sql:", "*" or "$", got ${line}`,
        zh: `${place}：应为 "en:"、"zh:"、"sql:"、"*" 或 "$"，实际为 ${line}`,
      });
    }
    if (draft.place === '') draft.place = place;
    if (line !== '' || isEmpty(draft)) {
      if (line === '') draft = emptyDraft();
      continue;
    }
    const { en, zh, sql } = draft;
    if (sql === '' || en.length + zh.length === 0) {
      problems.push({
        en: `${draft.place}: expected wordings and sql, the block lacks ${sql === '' ? 'sql' : 'wordings'}`,
        zh: `${draft.place}：应有措辞和 sql，这一段缺少${sql === '' ? ' sql' : '措辞'}`,
      });
    } else {
      patterns.push({ name: draft.place, weight: draft.weight, wordings: { en, zh }, sql });
    }
    draft = emptyDraft();
  }
  if (problems.length === 0) return patterns;
  throw new FinSqlError(
    'bad-data',
    { en: `${name} is no pattern file.`, zh: `${name} 不是句式文件。` },
    { problems },
  );
}

interface Draft {
  place: string;
  weight: number;
  readonly en: string[];
  readonly zh: string[];
  sql: string;
}

function emptyDraft(): Draft {
  return { place: '', weight: 1, en: [], zh: [], sql: '' };
}

function isEmpty({ en, zh, sql }: Draft): boolean {
  return sql === '' && en.length + zh.length === 0;
}

function expandMacros(text: string, macros: ReadonlyMap<string, string>): string {
  return text.replace(/\$(\w+)/g, (whole, name: string) => macros.get(name) ?? whole);
}
