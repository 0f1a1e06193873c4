/** Columns of a CSV file that are amounts, `1,234.50` and `(500.00)` among them: as text they could not be summed up. */
import type { Translated } from '@quaestor/peft';
import { type CellType, plainAmount, widen } from './cell-type.ts';

interface Amounts {
  readonly type: CellType | null;
  /** The first that is not written plainly. */
  readonly example: string | null;
}

export class AmountColumns {
  readonly #columns: readonly string[];
  /** null: some cell of the column is none. */
  readonly #found: (Amounts | null)[];

  /** @param delimiter between cells: beside a semicolon a comma may be that of decimals, and no column counts */
  constructor(columns: readonly string[], delimiter: string) {
    this.#columns = columns;
    this.#found = columns.map(() => (delimiter === ';' ? null : { type: null, example: null }));
  }

  look(cells: readonly string[]): void {
    for (const [i, cell] of cells.entries()) {
      const found = this.#found[i];
      if (!found || cell === '') continue;
      const plain = plainAmount(cell);
      const type = plain === null ? 'TEXT' : widen(found.type, plain);
      const example = found.example ?? (plain === cell ? null : cell);
      this.#found[i] = type === 'TEXT' ? null : { type, example };
    }
  }

  /** The type of a column of amounts that are not all written plainly; null for any other. */
  typeOf(column: number): CellType | null {
    const found = this.#found[column];
    return found && found.example !== null ? found.type : null;
  }

  /** What was read otherwise than it is written. */
  warnings(): Translated[] {
    return this.#columns.flatMap((name, i) => {
      const example = this.#found[i]?.example ?? null;
      if (example === null) return [];
      const plain = plainAmount(example);
      return [
        {
          en: `column ${name} is read as numbers: ${example} as ${plain}`,
          zh: `列“${name}”按数字读取：${example} 读作 ${plain}`,
        },
      ];
    });
  }
}
