/** What a key may do; each scope includes those before it. */
export const SCOPES = ['read', 'train', 'admin'] as const;

export type Scope = (typeof SCOPES)[number];

/** Whether a key of this scope may do what needs that one. */
export function includes(held: Scope, needed: Scope): boolean {
  return SCOPES.indexOf(held) >= SCOPES.indexOf(needed);
}
