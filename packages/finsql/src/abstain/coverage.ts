/**
 * How much of a question the data has words for: of the words that are not grammar, comparison or
 * quantity, the share that names, comments, stored values or similar known questions have, each word by
 * how telling it is.
 */
import type { DatabaseContext } from '../retrieval/context.ts';
import type { Retrieval } from '../retrieval/retrieve.ts';
import { stems, words } from '../retrieval/words.ts';
import type { Schema } from '../schema/schema.ts';
import { wordsOf } from '../word-by-word/columns/name-words.ts';

/** Words of comparison, order, amount and time, which any question over any data may have. */
const NEUTRAL: ReadonlySet<string> = new Set(
  stems(
    `more most less least fewer fewest than over above below under between after before since until
    during only also together both either neither other another same different all any no not never
    without within except excluding including among whether while
    first last latest earliest highest lowest largest smallest biggest greatest top bottom best worst
    average mean total sum number count amount maximum minimum share percent percentage per
    year years month months quarter day date time end begin start old new high low large small
    exactly about up down out so if then one two three four five six seven eight nine ten hundred
    thousand million billion sort order group compare difference`,
  ),
);
/** Characters that are grammar, number or measure in Chinese, wherever they stand. */
const NEUTRAL_CHARACTER =
  /[的是不有在了和与及各每哪几多少些个家只支名为之最年月日末底初吗呢吧被到从至且既又其所位次类种项元零一二两三四五六七八九十百千万亿]/u;
/** Words of comparison, amount, time and asking in Chinese, which any question over any data may have. */
const NEUTRAL_WORDS = new RegExp(
  `
    什么 怎么样 怎么 怎样 如何 是否 请问 告诉 列出 给出 显示 查询 查找 统计 计算 展示 找出 返回 一共 总共 合计 分别 平均水平 平均 总和 总数 数量 数目 比例 占比
    百分之 百分点 超过 高于 低于 大于 小于 等于 多于 少于 不足 不超过 至少 至多 以上 以下 以内 之间 之前 之后 以前 以后 以来 期间 从未 未曾 没有 不是 并且
    而且 同时 或者 以及 其中 属于 包括 除了 之外 所有 全部 任何 每个 哪些 哪个 哪家 哪只 谁 第[一二三四五六七八九十]+ 最近 最新 最早 最晚 最高 最低 最大
    最小 最多 最少 最好 最差 前[一二两三四五六七八九十]+ 排名 排序 排列 顺序 从高到低 从低到高 降序 升序 按照 依照 根据 相比 比较 差额 差距 今年 去年 全年
    当年 上半年 下半年 季度 当前 目前 现在
  `
    .trim()
    .replace(/\s+/g, '|'),
  'gu',
);
/** Pairs of characters that are so by one of the two. */
const NEUTRAL_HAN =
  /^(?:[的是有在了和与及各每哪几多少些个家只名为之最][\p{Script=Han}]?|[\p{Script=Han}][的是有在了和与哪几多少些为最年月日末底初吗呢吧])$/u;
/** Known questions less similar than this lend no words. */
export const LEAST_SIMILARITY = 0.25;

export interface Coverage {
  /** 0 … 1; 0 as well for a question of nothing but neutral words. */
  readonly share: number;
  /** Words of the question that the data lacks, as stems are spelled in it. */
  readonly unknown: readonly string[];
}

export function coverageOf({ lexicon, schema }: DatabaseContext, retrieval: Retrieval): Coverage {
  const lent = new Set(
    [
      ...retrieval.evidence.map(({ value }) => value),
      ...retrieval.neighbours
        .filter(({ similarity }) => similarity >= LEAST_SIMILARITY)
        .map(({ item }) => item.question),
    ].flatMap(stems),
  );
  const inFull = namedInFull(schema);
  const isKnown = (root: string) => lexicon.knows(root) || lent.has(root) || inFull.has(root);
  const tables = tableWords(schema);
  const question = withoutQuantities(retrieval);
  const seams = seamsOf(question, isKnown);
  const spelled = new Map<string, string>();
  for (const word of words(question)) {
    const [root] = stems(word);
    if (root === undefined || seams.has(root)) continue;
    if (!isNeutral(root) || tables.has(root)) spelled.set(root, word);
  }
  let known = 0;
  let all = 0;
  const unknown: string[] = [];
  for (const [root, word] of spelled) {
    const has = isKnown(root);
    const weight = has ? Math.max(1, lexicon.weight(root)) : lexicon.greatestWeight;
    all += weight;
    if (has) known += weight;
    // One letter, as of `what's`, is no word to be told.
    else if (!/^\p{Script=Latin}$/u.test(word)) unknown.push(word);
  }
  return { share: all === 0 ? 0 : known / all, unknown };
}

const named = new WeakMap<Schema, ReadonlySet<string>>();

/** Words of the names of tables and columns, shortened ones in full: contracts of ctrct. */
function namedInFull(schema: Schema): ReadonlySet<string> {
  const known = named.get(schema);
  if (known !== undefined) return known;
  const names = schema.tables.flatMap(({ name, columns }) => [
    name,
    ...columns.map((one) => one.name),
  ]);
  const made = new Set(names.flatMap((name) => wordsOf(name)).flatMap(stems));
  named.set(schema, made);
  return made;
}

/** Words that are the name of a table: of a database with a table `orders` it is no word of order. */
function tableWords({ tables }: Schema): ReadonlySet<string> {
  return new Set(
    tables.flatMap(({ name }) => {
      const roots = stems(name);
      return roots.length === 1 ? roots : [];
    }),
  );
}

/**
 * Pairs of Chinese characters that are no word of their own, since each of the two belongs to a known
 * pair or is neutral: 末规 in 年末规模. Chinese is written without gaps, so every such seam makes a pair.
 */
function seamsOf(question: string, isKnown: (pair: string) => boolean): ReadonlySet<string> {
  const seams = new Set<string>();
  const counted = new Set<string>();
  for (const [run] of question.matchAll(/\p{Script=Han}+/gu)) {
    const characters = [...run];
    const pairs = characters.slice(1).map((character, i) => `${characters[i]}${character}`);
    const neutral = new Set(
      [...run.matchAll(NEUTRAL_WORDS)].flatMap(({ 0: word, index }) =>
        Array.from(word, (_, i) => index + i),
      ),
    );
    const accounted = characters.map(
      (character, i) =>
        neutral.has(i) ||
        NEUTRAL_CHARACTER.test(character) ||
        pairs.slice(Math.max(0, i - 1), i + 1).some((pair) => isKnown(pair)),
    );
    pairs.forEach((pair, i) => {
      const isSeam = accounted[i] && accounted[i + 1] && !isKnown(pair);
      (isSeam ? seams : counted).add(pair);
    });
  }
  return new Set([...seams].filter((pair) => !counted.has(pair)));
}

function isNeutral(root: string): boolean {
  const isCharacter = root.length === 1 && NEUTRAL_CHARACTER.test(root);
  return NEUTRAL.has(root) || isCharacter || NEUTRAL_HAN.test(root) || /^\d+$/.test(root);
}

function withoutQuantities({ question, quantities }: Retrieval): string {
  return quantities.reduce((text, quantity) => text.replace(quantity.text, ' '), question);
}
