/** Keywords that a reader, or SQLite, would not take for a name; a name among them is quoted. */
export const RESERVED: ReadonlySet<string> = new Set(
  `add all alter and as autoincrement between case check collate commit constraint create
  cross current_date current_time current_timestamp default deferrable delete distinct drop else
  escape except exists foreign from full group having in index inner insert intersect into is
  isnull join left limit natural not nothing notnull null offset on or order outer primary
  references returning right select set table then to transaction union unique update using
  values when where window with glob like match regexp end asc desc by`
    .split(/\s+/)
    .filter(Boolean),
);

/** Of those, the ones after which `(` opens a group and not a call: `in (…)`, `and (…)`. */
export const NEVER_CALLED: ReadonlySet<string> = new Set(
  [...RESERVED].filter((word) => !['glob', 'like', 'match', 'regexp'].includes(word)),
);

/** Words with a role of their own that SQLite still accepts as names. */
export const SOFT_KEYWORDS: ReadonlySet<string> = new Set(
  `true false over partition rows range groups unbounded preceding following current row filter
  first last nulls recursive materialized if replace window within no others ties`.split(/\s+/),
);
