/** Labels that differ in writing only are one: as most of them are written, or as the classes given name it. */
import type { Translated } from '@quaestor/peft';
import { alikeNames } from './classes.ts';

export interface OneSpelling {
  readonly labels: readonly string[];
  readonly warnings: readonly Translated[];
}

/** @param named classes that were given: of these, those that are alike stay apart */
export function oneSpelling(labels: readonly string[], named: readonly string[] = []): OneSpelling {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const given = new Set(named.map((name) => name.trim()));
  const spellings = new Map<string, string>();
  const groups: string[][] = [];
  for (const names of alikeNames([...new Set([...counts.keys(), ...given])])) {
    const known = names.filter((name) => given.has(name));
    if (known.length > 1) continue;
    const byCount = [...names].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
    const [most = ''] = known.length === 1 ? known : byCount;
    groups.push([most, ...names.filter((name) => name !== most)]);
    for (const name of names) spellings.set(name, most);
  }
  if (groups.length === 0) return { labels, warnings: [] };
  return {
    labels: labels.map((label) => spellings.get(label) ?? label),
    warnings: [takenAsOne(groups)],
  };
}

/** @param groups of each class its name, and its other spellings behind it */
function takenAsOne(groups: readonly (readonly string[])[]): Translated {
  const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`);
  const told = {
    en: groups.map(([name = '', ...rest]) => `${quoted(rest).join(', ')} as "${name}"`).join('; '),
    zh: groups.map(([name = '', ...rest]) => `${quoted(rest).join('、')}作“${name}”`).join('；'),
  };
  const all = groups.flat().join(',');
  return {
    en: `labels that differ only in upper and lower case, blanks, the encoding of a sign or the writing of a number are taken as one: ${told.en}; where they are classes of their own, name them: --classes ${all}`,
    zh: `仅大小写、空格、字符编码或数字写法不同的标签按同一类别处理：${told.zh}；如果是不同的类别，请写明：--classes ${all}`,
  };
}
