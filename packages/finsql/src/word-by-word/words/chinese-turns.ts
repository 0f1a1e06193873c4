/** Further turns of Chinese questions: units asked for, what is to be listed, what each thing is counted once by. */
import type { Vocabulary } from './word.ts';

const UNITS: readonly (readonly [unit: string, size: number])[] = [
  ['元|人民币', 1],
  ['分', 0.01],
  ['千元', 1e3],
  ['万元|万', 1e4],
  ['百万元|百万', 1e6],
  ['亿元|亿', 1e8],
];
const EACH = ['', '是', '为', '有', '达到', '达', '高达', '折合', '折合成', '折合为', '合'];
const IN_ALL = ['一共', '总共', '共', '一共是', '总共是', '一共有', '总共有', '共有'];

/** 多少元, 是多少万元; 一共多少元 is a total. */
const HOW_MUCH: Vocabulary = UNITS.flatMap(([units, size]): Vocabulary => {
  const asked = (before: readonly string[]) =>
    units
      .split('|')
      .flatMap((unit) => before.map((word) => `${word}多少${unit}`))
      .join('|');
  return [
    [asked(EACH), { word: 'how-much', unit: size }],
    [
      asked(['各', '各是', '分别是', '分别', '分别为', '各为']),
      { word: 'how-much', each: true, unit: size },
    ],
    [asked(IN_ALL), { word: 'how-much', total: true, unit: size }],
  ];
});

export const CHINESE_TURNS: Vocabulary = [
  ...HOW_MUCH,
  [
    '一共多少钱|总共多少钱|共多少钱|一共是多少钱|总共是多少钱|一共有多少钱|总共有多少钱',
    { word: 'how-much', total: true },
  ],
  ['列|列示|报一下|报下|报出', { word: 'list' }, 0.2],
  ['附|附上|附带|外加', { word: 'with' }, 0.2],
  ['看|算|而言', { word: 'noise' }, 0.3],
  ['处于|处在', { word: 'preposition' }],
  [
    '不要重复|不要有重复|去掉重复|去除重复|名字不要重复|不重复列|别重复|不要重名',
    { word: 'distinct' },
  ],
  ['户均|笔均|件均|单均|单笔平均|每户平均', { word: 'measure', call: 'avg', ofRows: true }, 0.5],
  ['收到|收到过|收到了|拿到过', { word: 'noise' }, 0.5],
  ['当天|当日|同一天|同日', { word: 'unknown' }],
  ['分开|分开列|分开算|分开看|分开统计|分开列出|分开显示', { word: 'apart' }],
  [
    '没登记|没有登记|未登记|没填|没填写|没有填|没有填写|未填|未填写|为空|是空的|空着|缺失|没留|没有留',
    { word: 'unknown' },
  ],
  ['页|手|升|课时|亩|公顷|度', { word: 'unit' }],
  ['篇|门|批|部|座|所|场|层', { word: 'unit', counts: true }],
  ['哪篇|是哪篇|哪部|是哪部|哪单|是哪单|哪份|是哪份|哪批|是哪批', { word: 'which', one: true }],
  ['额', { word: 'measure', call: 'sum', behind: true }, 0.5],
  ['一篇|一门|一批|一部|一单|一期', { word: 'noise' }, 0.3],
  [
    '金额大的在前|金额大的排前面|金额高的在前|金额多的在前|数量多的在前|数量大的在前',
    { word: 'descending' },
  ],
  ['金额小的在前|金额少的在前|数量少的在前', { word: 'ascending' }],
  ['篇数|门数|场数|批数|单量', { word: 'measure', call: 'count' }],
  ['去掉|除去|刨去|刨掉|去除|扣除|撇开|抛开|除开|除却|刨开', { word: 'not' }, 0.3],
  [
    '年纪大的在前|年龄大的在前|年长的在前|年纪从大到小|年龄从大到小',
    { word: 'days-first', descending: false, ofAge: true },
  ],
  ['率|率是多少', { word: 'makes-up', rate: true }, 0.5],
];
