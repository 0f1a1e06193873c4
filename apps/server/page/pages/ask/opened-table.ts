import { signal } from '@preact/signals';

/** The table that was last wanted to be seen in the fold of tables and columns. */
export const openedTable = signal<string | null>(null);

/** Opens a table in the fold, and goes there. */
export function openTable(name: string): void {
  openedTable.value = name;
  requestAnimationFrame(() => {
    const fold = document.getElementById(`table-${name}`);
    fold?.querySelector('summary')?.focus();
    fold?.scrollIntoView({ block: 'nearest' });
  });
}
