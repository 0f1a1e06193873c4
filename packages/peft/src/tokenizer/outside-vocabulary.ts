/** The first id that a vocabulary of this size lacks; undefined where it has all. */
export function outsideVocabulary(ids: readonly number[], size: number): number | undefined {
  return ids.find((id) => !(Number.isInteger(id) && id >= 0 && id < size));
}
