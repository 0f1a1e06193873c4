/** The pieces of a comment that may be said in place of the name. */
import { hasHan, words } from '../../retrieval/words.ts';
import type { Column } from '../../schema/schema.ts';

/** A code with what it stands for: `R = residential, B = business`, `P private, F fleet`, `1 有 0 无`. */
const CODE =
  /(?<![\p{L}\p{N}])(?<![至到]\s?)([A-Z][A-Z\d]{0,2}|\d{1,2})\s*(?:[=:：-]|–|is |for |为|表示|代表)?\s*((?!\s)[^,;/、，；=:()（）|\d]*?[^,;/、，；=:()（）|\d\s])(?=\s*(?:[,;/、，；()（）|]|$|\s\d)|\s+[A-Z][A-Z\d]{0,2}\p{Script=Han})/gu;

/** The codes that a comment explains, each with the words for it. */
export function codesOf(comment: string): (readonly [words: string, code: string])[] {
  return [...comment.matchAll(CODE)].map(([, code = '', said = '']) => [said, code]);
}

/**
 * The codes that a column holds, each with the words that a comment explains it by: `yes owns a share, no employed`;
 * none where one of them is not explained.
 */
export function heldCodesOf({
  comment,
  samples,
}: Pick<Column, 'comment' | 'samples'>): (readonly [words: string, code: string])[] {
  const found = samples.flatMap((code) => {
    const plain = code.replaceAll(/[^\p{L}\p{N}]/gu, '');
    if (plain === '' || plain !== code || code.length > 4) return [];
    const said = new RegExp(
      `(?:^|[,;:]\\s*)${code}\\s*(?:=|:|-|–|is |for )?\\s+([^,;:()]*[\\p{L}\\p{N}])`,
      'u',
    ).exec(comment)?.[1];
    return said === undefined ? [] : [[said.trim(), code] as const];
  });
  return found.length === samples.length ? found : [];
}

/** 性别 M男 F女: codes with nothing between them. */
const CODES_BEHIND =
  /(?:^|\s+)(?:[A-Z][A-Z\d]{0,2}|\d{1,2})\p{Script=Han}+(?:\s+(?:[A-Z][A-Z\d]{0,2}|\d{1,2})\p{Script=Han}+)+$/u;

/** Those of a column's comment, without what it holds: of 股票、基金、债券 none is what it is called. */
export function namesInComment({
  comment,
  samples,
}: Pick<Column, 'comment' | 'samples'>): string[] {
  const codes = codesOf(comment);
  const isCode = (part: string) =>
    codes.some(([said, code]) => part.startsWith(code) && part.endsWith(said));
  return partsOf(comment).filter((part) => !samples.includes(part) && !isCode(part));
}

/** What follows the name in a comment: what is done with it, and when. */
const TAIL =
  / (?:(?:to be |already |currently )?(?:held|paid|received|charged|incurred|granted|owed|invoiced|billed|applied|drawn|withheld|raised|invested|collected|booked|agreed|requested|approved)|before|after|during|at|as of|as an?(?: yearly)? (?:fraction|percentage|percent|share|part)|when|if|that|which|by)(?: .*)?$/;

/** `face amount` of `face amount held today`, `valuation` of `valuation before the round`. */
export function headsInComment({
  comment,
  samples,
}: Pick<Column, 'comment' | 'samples'>): string[] {
  const heads = comment
    .split(/[|,;]/)
    .map((part) => part.trim())
    .filter((part) => !hasHan(part) && /^[A-Za-z][a-z-]+ [a-z]/.test(part) && TAIL.test(part))
    .map((part) => part.replace(TAIL, ''));
  return heads.filter((head) => words(head).length <= 3 && !samples.includes(head));
}

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** `monthly limit in US cents`, `term in days`. */
const IN_UNITS =
  / in (?:US |[a-z]+ (?:of )?)?(?:[A-Z]{3}\b|%|(?:cents?|dollars?|euros?|pounds?|pence|percent|thousands?|millions?|days|months|hours|minutes)(?: |$)).*$/;

/** 万元, 元/平方米/月, 百分数: what figures are in. */
const HAN_UNIT =
  /^(?:[十百千万亿]*(?:[美欧日港]?元|英镑|人民币|股|份|手|吨|户|人|平方米|平米|公里|千米|公斤|千克|小时|分钟)|百分数|百分比|小数|正数|整数|元[/／].*|每.*[/／].*)$/u;

/** 提交日期 YYYYMMDD, 是否展期 Y/N: how days, and yes and no, are written. */
const FORM =
  /(?<=\p{Script=Han})\s*(?:[YMD][YMD/-]{3,}|(?:Y\s*[/／]\s*N|[01]\s*[/／]\s*[01]|T\s*[/／]\s*F))$/u;

/** 状态: C 存续; what stands behind the colon is what it holds. */
const VALUES_BEHIND = /^(\s*[^:：]*\p{L}{2}[^:：]*)[:：].*$/u;

/** What another name does not stand in brackets for: units, examples, what is so. */
const NO_NAME =
  /[元年月日天次份股％%]$|单位|如|例|含|不|已|均|为|截至|可|仅|只|或|及|等|每|非|是|空|唯一|主键|外键/u;

/** `net profit, in EUR | 净利润（万元）` → net profit, 净利润; 委托人(投资者) → both. */
export function partsOf(comment: string): string[] {
  return comment
    .split(/[|,;，；、·](?![^（(]*[)）])/)
    .flatMap((part) => [part.replace(/[（(].*?[)）]/g, ''), ...inBrackets(part)])
    .map((part) =>
      part
        .replace(VALUES_BEHIND, '$1')
        .replace(IN_UNITS, '')
        .replace(FORM, '')
        .replace(CODES_BEHIND, '')
        .trim(),
    )
    .filter((part) => !/^(?:为?空|NULL|空值)/iu.test(part))
    .filter((part) =>
      hasHan(part)
        ? [...part].length >= 2 && !HAN_UNIT.test(part)
        : words(part).length > 0 && words(part).length <= 4 && !isUnit(part),
    );
}

function inBrackets(part: string): string[] {
  const other = /^\p{Script=Han}{2,6}[（(](\p{Script=Han}{2,6})[)）]$/u.exec(part.trim())?.[1];
  return other === undefined || NO_NAME.test(other) ? [] : [other];
}

/** `dollars`, `thousands of euros`, `euro cents`, `percent a year`: in what, and no name either. */
const MONEY =
  /^(?:(?:whole|full|plain) )?(?:(?:(?:thousands?|millions?|hundreds?)(?: of)? ?)?(?:(?:us|euro|swiss|[a-z]+n) )?(?:cents?|pence|dollars?|euros?|pounds?|francs?|rupees?|shillings?|yen|yuan)|thousands?|millions?|per ?cents?)(?: (?:an?|per|for|of) .*)?$/i;

/** `EUR`, `USD per share`, `YYYYMMDD`; `in cents`, `number`: what is held, and no name of it. */
function isUnit(part: string): boolean {
  if (MONEY_ALONE.test(part)) return true;
  if (/^in |^(?:number|integer|text|string|decimal|fraction|yes\/no)$/i.test(part)) return true;
  if (MONEY.test(part)) return true;
  const [first = ''] = part.split(' ');
  return CURRENCIES.has(first) || /^[YMD-]{6,}$/.test(part);
}

/** `thousands of euros`, `US cents`. */
const MONEY_ALONE =
  /^(?:whole |plain )?(?:(?:hundreds|thousands|millions|billions) of )?(?:US |euro )?(?:cents|pence|dollars|euros|pounds|francs|yuan|yen|rupees|shillings|tonnes|kilos|hours|days|months|percent)$/i;

/** What a column is called: by its name, and in Chinese by the first words of its comment. */
export function calledBy({ name, comment }: Pick<Column, 'name' | 'comment'>): string[] {
  const [first] = hasHan(name) ? [] : partsOf(comment);
  return first !== undefined && hasHan(first) ? [name, first] : [name];
}
