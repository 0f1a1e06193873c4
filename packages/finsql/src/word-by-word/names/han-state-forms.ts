/** Other ways to say what a code stands for in Chinese: 还没处理 for 未处理, 在运作 for 运作中, 不能融券 where the other is 可融券. */
import type { Coded } from './explained-codes.ts';

const NOT_YET = ['没', '没有', '还没', '还没有', '还未', '尚未', '未被', '没被'];
const ON = ['在', '正在', '还在', '仍在', '处于'];

/** Words of a form, and how else they are said; `*` is what is in brackets. */
const FORMS: readonly (readonly [form: RegExp, others: readonly string[]])[] = [
  [/^未(\p{Script=Han}{1,4})$/u, NOT_YET.map((not) => `${not}*`)],
  [/^(\p{Script=Han}{2,3})中$/u, ON.flatMap((on) => [`${on}*`, `${on}*中`])],
  [/^[仍还正]?在(\p{Script=Han}{2,4})$/u, ON.map((on) => `${on}*`)],
  [/^可以?(\p{Script=Han}{2,4})$/u, ['能*', '可以*', '能够*', '可*']],
  [/^已(\p{Script=Han}{3,4})$/u, ['已经*', '*', '*了']],
];

/** What is not so, by the word before what is so. */
const DENIALS: readonly (readonly [form: RegExp, others: readonly string[]])[] = [
  [/^(?:可以?|能)(\p{Script=Han}{2,5})$/u, ['不能*', '不可*', '不可以*', '无法*']],
  [/^有(\p{Script=Han}{2,5})$/u, ['没有*', '没*', '无*']],
  [/^是(\p{Script=Han}{2,5})$/u, ['不是*', '非*']],
  [/^(?:已经?|被)(\p{Script=Han}{2,5})$/u, NOT_YET.map((not) => `${not}*`)],
  [/^(\p{Script=Han}{2,6})$/u, ['没有*', '没*', '未*', '不是*', '非*']],
];

const BARE_DENIAL = /^(?:无|否|不|没有|不是|非|不可|不能|未|没)$/u;

/** Those of codes that tell something. */
export function hanStateForms(codes: readonly Coded[]): readonly Coded[] {
  return codes.flatMap(([words, code]) =>
    FORMS.flatMap(([form, others]) => said(form, others, words)).map((text): Coded => [text, code]),
  );
}

/** What people say for the other of two codes, of which a comment says no more than that it is not so. */
export function hanDenials(codes: readonly Coded[]): readonly Coded[] {
  const no = codes.find(([words]) => BARE_DENIAL.test(words));
  const yes = codes.find(([words]) => !BARE_DENIAL.test(words));
  if (codes.length !== 2 || no === undefined || yes === undefined) return [];
  const [first = []] = DENIALS.map(([form, others]) => said(form, others, yes[0])).filter(
    (texts) => texts.length > 0,
  );
  return first.map((text): Coded => [text, no[1]]);
}

function said(form: RegExp, others: readonly string[], words: string): string[] {
  const core = form.exec(words)?.[1];
  return core === undefined ? [] : others.map((other) => other.replace('*', core));
}
