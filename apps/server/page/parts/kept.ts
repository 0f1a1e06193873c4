/** Small choices kept in this browser; where storage is switched off, they last as long as the page. */

const PREFIX = 'quaestor.';

/** What storage did not take, by name. */
const unsaved = new Map<string, string | null>();

/** @returns null when nothing was kept */
export function readKept(name: string): string | null {
  const held = unsaved.get(name);
  if (held !== undefined) return held;
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** Keeps a text under a name; null forgets it. */
export function keep(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
    unsaved.delete(name);
  } catch {
    // Storage is off or full: the choice holds for this visit.
    unsaved.set(name, value);
  }
}

/** Calls back whenever another tab has kept something else under a name, or forgotten it. */
export function onKeptElsewhere(name: string, changed: () => void): void {
  addEventListener('storage', ({ key }) => {
    // No key: all was cleared.
    if (key === null || key === PREFIX + name) changed();
  });
}

/** Like `readKept`, of this tab and visit only. */
export function readForVisit(name: string): string | null {
  try {
    return sessionStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** Like `keep`, until the tab is closed. */
export function keepForVisit(name: string, value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(PREFIX + name);
    else sessionStorage.setItem(PREFIX + name, value);
  } catch {
    // Storage is off or full: there is nothing for a reload.
  }
}

/** A list as it was kept: what is none of its kind, or cannot be read, is left out. */
export function readList<Item>(
  kept: string | null,
  isOne: (value: unknown) => value is Item,
): readonly Item[] {
  try {
    const list: unknown = JSON.parse(kept ?? '[]');
    return Array.isArray(list) ? list.filter(isOne) : [];
  } catch {
    return [];
  }
}

/** How a list is kept; an empty one is forgotten. */
export function writtenList(list: readonly unknown[]): string | null {
  return list.length === 0 ? null : JSON.stringify(list);
}
