/** Header cells → unique column names. */
export interface Headers {
  readonly columns: readonly string[];
  readonly warnings: readonly string[];
}

/** Blanks around go; an empty header becomes `column_3`, a second `age` becomes `age_2`. */
export function uniqueHeaders(cells: readonly string[]): Headers {
  const columns: string[] = [];
  const warnings: string[] = [];
  const taken = new Set(cells.map((cell) => cell.trim()));
  const used = new Set<string>();
  for (const [i, cell] of cells.entries()) {
    let name = cell.trim() || `column_${i + 1}`;
    if (used.has(name)) {
      const twice = name;
      for (let n = 2; used.has(name) || taken.has(name); n++) name = `${twice}_${n}`;
      warnings.push(
        `column ${i + 1} has the same header as another, ${twice}; it is called ${name}`,
      );
    } else if (name !== cell.trim()) {
      warnings.push(`column ${i + 1} has no header; it is called ${name}`);
    }
    used.add(name);
    columns.push(name);
  }
  return { columns, warnings };
}
