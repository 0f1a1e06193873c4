/** What a reader should know of a table that was learned from, beside the model. */
import type { Translated } from '@quaestor/peft';
import { saysSomething } from '../baseline/fit-text-topics.ts';
import { missingTest } from '../schema/missing.ts';
import type { ColumnSchema, TableSchema } from '../schema/table-schema.ts';
import { alikeNames } from './classes.ts';
import { DECIDED_FROM } from './out-of-fold.ts';
import { unreadableColumn } from './unreadable-column.ts';

/** Of fewer rows in all it is no surprise that a class has few. */
const MANY_ROWS = 32;
/** Column names that a warning holds. */
const MOST_NAMED = 20;

export function tellingColumn(name: string, target: string): Translated {
  return {
    en: `column ${name} alone tells ${target}; is it known before the label is?`,
    zh: `仅凭列“${name}”就能得出“${target}”，它是在知道标签之前就有的吗？`,
  };
}

/** Classes that are most likely one. */
export function alikeClasses(classes: readonly string[]): Translated[] {
  const groups = alikeNames(classes).map((names) => names.map((name) => `"${name}"`));
  if (groups.length === 0) return [];
  return [
    {
      en: `labels that differ only in upper and lower case, blanks, the encoding of a sign or the writing of a number are classes of their own: ${groups.map((names) => names.join(', ')).join('; ')}; write them alike if they mean the same`,
      zh: `仅大小写、空格、字符编码或数字写法不同的标签成了各自的类别：${groups.map((names) => names.join('、')).join('；')}；如果意思相同，请统一写法`,
    },
  ];
}

/** Classes of too few rows where there are rows enough of others, or in all. @param counts rows of each class */
export function rareClasses(classes: readonly string[], counts: readonly number[]): Translated[] {
  const rare = classes.flatMap((name, k) => {
    const count = counts[k] as number;
    return count < DECIDED_FROM ? [{ name, count }] : [];
  });
  const others = classes.length - rare.length;
  const rows = counts.reduce((sum, count) => sum + count, 0);
  if (rare.length === 0 || (others < 2 && rows < MANY_ROWS)) return [];
  const some = rare.slice(0, MOST_NAMED);
  const more = rare.length > some.length;
  const list: Translated = {
    en: some.map(({ name, count }) => `"${name}" (${count})`).join(', ') + (more ? ', …' : ''),
    zh: some.map(({ name, count }) => `“${name}”（${count}）`).join('、') + (more ? '等' : ''),
  };
  const told: Translated =
    others < 2
      ? {
          en: 'how good the predictions are cannot be told, nor are they calibrated',
          zh: '无法说明预测的好坏，也无法校准',
        }
      : { en: 'figures and calibration are of the other classes', zh: '指标和校准只针对其他类别' };
  return [
    {
      en: `too few rows of ${list.en}: ${told.en}; label ${DECIDED_FROM} of each class, or mend labels that are mistyped`,
      zh: `这些类别的行太少：${list.zh}，${told.zh}；请为每个类别标注至少 ${DECIDED_FROM} 行，标签写错的请改正`,
    },
  ];
}

/** Where most labelled rows are the same as another; nothing where fewer are. */
export function mostlyCopies(copies: number, labelled: number): Translated[] {
  if (2 * copies <= labelled) return [];
  return [
    {
      en: `${copies} of ${labelled} labelled rows repeat others in all that is learned from; if they are copies, made to enlarge or balance the table, give each row once and the shares of the classes as they are met`,
      zh: `${labelled} 个有标签的行中，有 ${copies} 行在所学习的各列上与其他行完全相同；如果这些是为扩充或平衡表格而复制的行，请让每行只出现一次，并给出各类别实际的占比`,
    },
  ];
}

/** @param labels as they are written, of rows that count as less far from the others than they are */
export function farLabels(labels: readonly string[]): Translated[] {
  const count = labels.length;
  if (count === 0) return [];
  const some = labels.slice(0, MOST_NAMED);
  const dots = count > some.length;
  return [
    {
      en: `${count === 1 ? 'one value lies' : `${count} values lie`} far from all others and from what the columns say of ${count === 1 ? 'it, and counts' : 'them, and count'} as less far: ${some.join(', ')}${dots ? ', …' : ''}; mend what is a slip`,
      zh: `有 ${count} 个值远离其他值，也远离由各列推出的值，学习时按较近的值计：${some.join('、')}${dots ? '等' : ''}；如有笔误请改正`,
    },
  ];
}

/**
 * Columns that the tabular models leave out: text without a word that is met twice, and identifiers; one identifier
 * is as it should be.
 * @param rows cells in the schema's order
 */
export function unusedColumns(
  schema: TableSchema,
  rows: readonly (readonly string[])[],
): Translated[] {
  const isMissing = missingTest(schema.missing);
  const cellsOf = (index: number) =>
    rows.map((row) => row[index] ?? '').filter((cell) => !isMissing(cell));
  const read = schema.columns.map(
    ({ kind, role }, index) =>
      role === 'feature' && (kind !== 'text' || saysSomething(cellsOf(index))),
  );
  const unreadable: Translated[] = [];
  const all: ColumnSchema[] = [];
  const known: ColumnSchema[] = [];
  for (const [index, column] of schema.columns.entries()) {
    if (column.role === 'constant' || read[index]) continue;
    all.push(column);
    const told = unreadable.length < MOST_NAMED ? unreadableColumn(column, cellsOf(index)) : null;
    if (told) unreadable.push(told);
    else known.push(column);
  }
  if (!read.some(Boolean))
    return [nothingUsed(all.length === 0 ? null : listOf(all)), ...unreadable];
  if (known.length === 0 || (known.length === 1 && known[0]?.role === 'identifier')) {
    return unreadable;
  }
  const list = listOf(known);
  return [...unreadable, { en: `not used: ${list.en}`, zh: `未使用的列：${list.zh}` }];
}

function listOf(columns: readonly ColumnSchema[]): Translated {
  const told = columns.slice(0, MOST_NAMED).map(({ name, role }): Translated => {
    const [en, zh] = role === 'feature' ? ['text', '文本'] : ['identifier', '编号'];
    return { en: `${name} (${en})`, zh: `${name}（${zh}）` };
  });
  const [en, zh] = [told.map((one) => one.en).join(', '), told.map((one) => one.zh).join('、')];
  const more = columns.length - told.length;
  return more > 0 ? { en: `${en} and ${more} more`, zh: `${zh}以及另外 ${more} 列` } : { en, zh };
}

/** @param columns null: all are constant or empty */
function nothingUsed(columns: Translated | null): Translated {
  const { en, zh } = columns ?? {
    en: 'every column is empty or always the same',
    zh: '每一列都是空的或始终相同',
  };
  return {
    en: `NO COLUMN CAN BE USED, so every row gets the same prediction: ${en}. Columns of numbers, dates or categories are needed, or a language model that reads rows`,
    zh: `没有可用的列，因此每一行的预测都相同：${zh}。需要数字、日期或类别列，或由语言模型来读各行`,
  };
}
