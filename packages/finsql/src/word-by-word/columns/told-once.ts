/** What a table or a column tells, found once: thousands of columns, or of questions, may ask for it. */
export function toldOnce<Of extends object, Told>(find: (of: Of) => Told): (of: Of) => Told {
  const known = new WeakMap<Of, { readonly told: Told }>();
  return (of) => {
    const found = known.get(of) ?? { told: find(of) };
    known.set(of, found);
    return found.told;
  };
}
