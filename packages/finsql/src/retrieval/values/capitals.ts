/** Words in capitals, which are names and codes: the department IT, the state OR. */

/** Whether a word of two letters or more is written in capitals in a question that is not written so itself. */
export function isInCapitals(written: string, question: string): boolean {
  return /^\p{Lu}{2,}$/u.test(written) && /\p{Ll}|\p{Script=Han}/u.test(question);
}
