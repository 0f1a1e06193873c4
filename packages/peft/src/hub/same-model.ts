import { modelName } from '../io/open-model.ts';

/** Begins as no name of a model does: from the root, a drive, the home or the working folder. */
const PATH = /^([\\/]|\.{1,2}[\\/]|~|[A-Za-z]:[\\/])/;

/**
 * Whether two names mean one base model: equal ones, in which an organisation in front counts only when
 * both have one. Of a path the last part is the name: the folder around it is no organisation, but in
 * Hugging Face's cache.
 */
export function sameModel(a: string, b: string): boolean {
  const [left, right] = [parts(a), parts(b)];
  const shared = Math.min(left.length, right.length);
  return left.slice(-shared).join('/') === right.slice(-shared).join('/');
}

/** A name, with its organisation before it where it has one. */
function parts(given: string): readonly string[] {
  const name = PATH.test(given) ? modelName(given.replaceAll('\\', '/')) : given;
  return name.toLowerCase().split('/').slice(-2);
}
