/** Invented names in English with their Chinese aliases. Any likeness to real firms or people is chance. */
import { at, createRandom } from './random.ts';

interface Name {
  readonly english: string;
  readonly chinese: string;
}

type Pair = readonly [english: string, chinese: string];

// biome-ignore format: a table
const ROOT_STARTS: readonly Pair[] = [
  ['Al', '阿尔'], ['Bel', '贝尔'], ['Cor', '科尔'], ['Dar', '达尔'], ['El', '艾尔'], ['Fen', '芬'],
  ['Gal', '加尔'], ['Hal', '哈尔'], ['Kel', '凯尔'], ['Lor', '洛尔'], ['Mar', '马尔'], ['Nor', '诺尔'],
  ['Or', '奥尔'], ['Pel', '佩尔'], ['Ros', '罗斯'], ['Sel', '塞尔'], ['Tor', '托尔'], ['Ul', '乌尔'],
  ['Var', '瓦尔'], ['Wen', '文'], ['Yor', '约尔'], ['Zel', '泽尔'],
];

// biome-ignore format: a table
const ROOT_ENDS: readonly Pair[] = [
  ['dane', '丹恩'], ['vare', '维尔'], ['quist', '奎斯'], ['thorne', '索恩'], ['mere', '米尔'],
];

// biome-ignore format: a table
const SURNAMES: readonly Pair[] = [
  ['Chen', '陈'], ['Deng', '邓'], ['Fan', '范'], ['Gao', '高'], ['Guo', '郭'], ['Han', '韩'],
  ['He', '何'], ['Hu', '胡'], ['Huang', '黄'], ['Jiang', '蒋'], ['Li', '李'], ['Liang', '梁'],
  ['Lin', '林'], ['Liu', '刘'], ['Luo', '罗'], ['Ma', '马'], ['Pan', '潘'], ['Qin', '秦'],
  ['Shen', '沈'], ['Song', '宋'], ['Sun', '孙'], ['Tang', '唐'], ['Wang', '王'], ['Wu', '吴'],
  ['Xie', '谢'], ['Xu', '徐'], ['Yang', '杨'], ['Ye', '叶'], ['Zhang', '张'], ['Zhao', '赵'],
  ['Zheng', '郑'], ['Zhou', '周'], ['Zhu', '朱'],
];

// biome-ignore format: a table
const GIVEN_NAMES: readonly Pair[] = [
  ['Anqi', '安琪'], ['Bowen', '博文'], ['Chunhua', '春华'], ['Dawei', '大伟'], ['Fangyu', '芳宇'],
  ['Guanlin', '冠霖'], ['Haoran', '浩然'], ['Jiayi', '佳怡'], ['Jingwen', '静雯'], ['Kaiwen', '凯文'],
  ['Lanxin', '兰馨'], ['Meiling', '美玲'], ['Mingzhe', '明哲'], ['Ningxin', '宁馨'], ['Peilin', '沛霖'],
  ['Qiming', '启明'], ['Ruoxi', '若曦'], ['Shiyu', '诗雨'], ['Tianyu', '天宇'], ['Weiguo', '卫国'],
  ['Xiaofeng', '晓峰'], ['Xinyi', '心怡'], ['Yating', '雅婷'], ['Yichen', '逸辰'], ['Yuhan', '雨涵'],
  ['Yunfei', '云飞'], ['Zhiqiang', '志强'], ['Zihan', '子涵'], ['Zixuan', '子轩'], ['Zongming', '宗明'],
];

/** Every pairing of two word lists, in an order that is shuffled once and for all. */
function combine(first: readonly Pair[], second: readonly Pair[], separator: string): Name[] {
  const names = first.flatMap(([a, aCn]) =>
    second.map(([b, bCn]) => ({ english: `${a}${separator}${b}`, chinese: `${aCn}${bCn}` })),
  );
  return createRandom(1, `names:${at(names, 0).english}`).sample(names, names.length);
}

/** 110 roots of company names. */
export const COMPANY_ROOTS: readonly Name[] = combine(ROOT_STARTS, ROOT_ENDS, '');

/** Given names of women; the others are men's. */
const FEMALE: ReadonlySet<string> = new Set([
  'Anqi',
  'Jiayi',
  'Jingwen',
  'Lanxin',
  'Meiling',
  'Ruoxi',
  'Shiyu',
  'Xinyi',
  'Yating',
]);

const PEOPLE: readonly Name[] = combine(SURNAMES, GIVEN_NAMES, ' ');

interface Person extends Name {
  readonly gender: 'Female' | 'Male';
}

/** 990 people: the parts of the demo take theirs from different places, so that nobody appears twice. */
const PERSON_OFFSETS = {
  managers: 0,
  analysts: 100,
  shareholders: 200,
  executives: 300,
} as const;

export function person(group: keyof typeof PERSON_OFFSETS, number: number): Person {
  const name = at(PEOPLE, PERSON_OFFSETS[group] + number);
  const given = name.english.slice(name.english.indexOf(' ') + 1);
  return { ...name, gender: FEMALE.has(given) ? 'Female' : 'Male' };
}

// biome-ignore format: a table
export const CITIES: readonly string[] = [
  'Beijing', 'Shanghai', 'Shenzhen', 'Guangzhou', 'Hangzhou', 'Chengdu', 'Nanjing', 'Wuhan',
];
