/** Header cells → unique column names. */
import type { Translated } from '@quaestor/peft';

export interface Headers {
  readonly columns: readonly string[];
  readonly warnings: readonly Translated[];
}

/** Blanks around go; an empty header becomes `column_3`, a second `age` becomes `age_2`. */
export function uniqueHeaders(cells: readonly string[]): Headers {
  const columns: string[] = [];
  const warnings: Translated[] = [];
  const taken = new Set(cells.map((cell) => cell.trim()));
  const used = new Set<string>();
  for (const [i, cell] of cells.entries()) {
    let name = cell.trim() || `column_${i + 1}`;
    if (used.has(name)) {
      const twice = name;
      for (let n = 2; used.has(name) || taken.has(name); n++) name = `${twice}_${n}`;
      warnings.push({
        en: `column ${i + 1} has the same header as another, ${twice}; it is called ${name}`,
        zh: `第 ${i + 1} 列与另一列的表头相同（${twice}），已改称 ${name}`,
      });
    } else if (name !== cell.trim()) {
      warnings.push({
        en: `column ${i + 1} has no header; it is called ${name}`,
        zh: `第 ${i + 1} 列没有表头，已称为 ${name}`,
      });
    }
    used.add(name);
    columns.push(name);
  }
  return { columns, warnings };
}
