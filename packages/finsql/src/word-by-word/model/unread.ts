/** Why a question is not read: thrown where that shows, a value where readings are compared. */
export class Unread extends Error {}

/** @throws Unread always */
export function unread(reason: string): never {
  throw new Unread(reason);
}

/** What is read, or why nothing is. */
export function orUnread<Value>(read: () => Value): Value | Unread {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unread) return error;
    throw error;
  }
}
