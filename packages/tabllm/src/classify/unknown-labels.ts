/** Labels of the predicted table that the model did not learn: no figure counts their rows. */
import type { Translated } from '@quaestor/peft';
import type { NumberFormat } from '../schema/number-format.ts';
import { cellInWords } from '../schema/unread-cells.ts';
import { alikeNames } from './classes.ts';
import type { LearnedTable } from './learned-table.ts';

export interface UnknownLabel {
  readonly row: number;
  readonly label: string;
}

export interface UnknownLabels {
  /** Rows with such a label, and rows with any. */
  readonly count: number;
  readonly of: number;
  /** Different ones, the first of them. */
  readonly examples: readonly UnknownLabel[];
}

export function unknownLabels(
  learned: LearnedTable,
  { count, of, examples }: UnknownLabels,
): Translated[] {
  if (count === 0) return [];
  const named = examples.map(({ row, label }) => cellInWords(label, row));
  const hint = learned.kind === 'regressor' ? asNumbers(learned.format) : alike(learned, examples);
  return [
    {
      en: `${count} of ${of} labels are none that was learned, and are left out of the figures: ${named.map(({ en }) => en).join(', ')}${hint.en}`,
      zh: `${of} 个标签中有 ${count} 个没有学习过，不计入指标：${named.map(({ zh }) => zh).join('、')}${hint.zh}`,
    },
  ];
}

function asNumbers({ prefix, group, decimal, suffix }: NumberFormat): Translated {
  const number = `${prefix}1${group}234${decimal}5${suffix}`;
  return {
    en: `; numbers were learned as in '${number}': write them alike`,
    zh: `；学习过的数字写法如“${number}”，请统一写法`,
  };
}

/** Where one differs from a class in writing only. */
function alike(
  { classes }: { readonly classes: readonly string[] },
  examples: readonly UnknownLabel[],
): Translated {
  for (const { label } of examples) {
    const like = classes.find((name) => alikeNames([name, label]).length > 0);
    if (like === undefined) continue;
    return {
      en: `; is '${label}' the learned '${like}'? Then write them alike`,
      zh: `；“${label}”是否就是学习过的“${like}”？如果是，请统一写法`,
    };
  }
  return { en: '', zh: '' };
}
