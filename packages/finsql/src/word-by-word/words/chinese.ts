/** The words of Chinese questions that stand for no data: what each says. */
import { CHINESE_ASIDES } from './chinese-asides.ts';
import { listsWithFigures } from './chinese-lists.ts';
import { CHINESE_REMARKS } from './chinese-remarks.ts';
import { CHINESE_TURNS } from './chinese-turns.ts';
import { AFTER_NUMBERS, counted, OF_DONE, OF_THINGS, UNITS } from './classifiers.ts';
import { compare, type ExtremeOf, extreme, type Vocabulary } from './word.ts';

const OF_OTHERS = OF_THINGS.replace('|人|', '|');
const HOW_MANY = counted(OF_OTHERS, '多少*', '几*');
const IN_ALL = [
  '有多少*',
  '有几*',
  '共有多少*',
  '共有几*',
  '一共有多少*',
  '一共有几*',
  '总共有多少*',
].concat([
  '总共有几*',
  '一共多少*',
  '一共几*',
  '总共多少*',
  '总共几*',
  '共多少*',
  '共几*',
  '还有多少*',
  '还有几*',
]);
const HOW_OFTEN = counted(OF_DONE, '多少*', '几*', ...IN_ALL);
const ALL_IN_ALL = counted(OF_OTHERS, ...IN_ALL);
const PEOPLE = counted('人', '多少*', '几*', ...IN_ALL);
const OF_EACH = counted(
  AFTER_NUMBERS,
  '分别有多少*',
  '分别有几*',
  '各有多少*',
  '各几*',
  '各多少*',
  '各有几*',
  '都有多少*',
);
const WHICH = counted(UNITS, '哪*', '哪一*', '是哪*', '是哪一*', '在哪*');
const WHICH_OF_MANY = counted(UNITS, '哪几*', '是哪几*', '有哪几*');

/** 第二高, 第三多. */
const PLACES: Vocabulary = ['二', '三', '四', '五'].flatMap((numeral, at): Vocabulary => {
  const places = (ends: string, descending: boolean, of: ExtremeOf): Vocabulary[number] => [
    ends
      .split('|')
      .map((end) => `第${numeral}${end}`)
      .join('|'),
    { word: 'extreme', descending, of, place: at + 2 },
  ];
  return [
    places('高|大|长|重', true, 'any'),
    places('低|小|短|轻', false, 'any'),
    places('多', true, 'count'),
    places('少', false, 'count'),
    places('贵', true, 'price'),
    places('便宜', false, 'price'),
  ];
});

export const CHINESE: Vocabulary = listsWithFigures([
  ...CHINESE_ASIDES,
  ...CHINESE_TURNS,
  ...CHINESE_REMARKS,
  [`${HOW_MANY}|${ALL_IN_ALL}`, { word: 'how-many', counts: true }],
  [PEOPLE, { word: 'how-many', counts: true, ofPeople: true }],
  [
    `有多少|有几|数量是多少|数量有多少|共有多少|一共有多少|总共有多少|
     一共多少|总共多少|还有多少`,
    { word: 'how-many' },
  ],
  ['多少', { word: 'how-many', bare: true }],
  [`${OF_EACH}|分别有多少|各有多少`, { word: 'how-many', each: true }],
  [
    `是多少|为多少|多少钱|多少|有多大|有多高|几何|多少款|是多少钱|合计多少钱|
     多少金额|多少货款|多少款项|卖多少钱|要多少钱`,
    { word: 'how-much' },
  ],
  [
    '分别是多少|各是多少|分别为多少|各自是多少|各自多少|各多少|分别多少|各为多少|各多少钱|分别多少钱|各是多少钱|分别是多少钱',
    { word: 'how-much', each: true },
  ],
  ['叫什么|叫什么名字|是什么名字|什么|是什么|有什么', { word: 'which' }],
  ['分别是什么|各是什么', { word: 'which', each: true }],
  ['都有哪些|有哪些|分别是哪些|都是哪些', { word: 'which', many: true }],
  [`哪|${WHICH}`, { word: 'which', one: true }],
  [`哪些|是哪些|在哪些|${WHICH_OF_MANY}`, { word: 'which', one: true, many: true }],
  [
    `列出|显示|查询|给出|找出|列一下|查一下|帮我查|看一下|列举|展示|返回|告诉我|查找|统计|统计一下|计算|求|罗列|看看|看下|查下|
     找下|找一下|找到|查查|查看|查一查|列一列|列出来|我想看|我想看看|我想了解|想了解|帮我列出|帮我找|帮我看看|帮我看一下|帮我查一下|
     帮忙查一下|麻烦查一下|帮我列一下|帮忙列一下|麻烦列出|请给出|请列出|麻烦给出|麻烦列一下|麻烦帮我列一下|麻烦帮我查一下|给我看看|给我列出|给我列一下|我要看|我要|筛选|筛选出|展示一下|算一下|算算|求出|给我|汇总|输出`,
    { word: 'list' },
  ],
  [
    '所有信息|全部信息|完整信息|所有的信息|全部的信息|所有字段|全部字段|所有列|全部列',
    { word: 'whole' },
  ],
  [
    '谁|是谁|都是谁|都有谁|有谁|分别是谁|是哪位|都有哪些人|有哪些人|是哪些人|哪些人|哪几个人|哪个人',
    { word: 'who' },
  ],
  [
    '什么时候|何时|哪天|哪一天|是什么时候|是哪天|是哪一天|在哪天|在哪一天|什么日期|什么时间|在什么时候',
    { word: 'when' },
  ],
  ['哪一年|哪年|是哪一年|是哪年|在哪一年|在哪年', { word: 'when', year: true }],
  [
    '哪里|哪儿|何处|在哪里|在哪|在哪儿|在哪个城市|在什么地方|什么地方|位于哪里|都在哪里|分别在哪里',
    { word: 'where' },
  ],
  [
    '数量|个数|总数|笔数|份数|只数|数目|次数|件数|张数|条数|单数|人次|人次数|总数量|总个数|总笔数|总次数',
    { word: 'measure', call: 'count' },
  ],
  ['人数|家数|户数|总人数|总户数', { word: 'measure', call: 'count', ofThings: true }],
  [
    '合计|总和|总计|总共|共计|一共|之和|总|累计|共|加起来|加总|合起来',
    { word: 'measure', call: 'sum' },
  ],
  ['数', { word: 'measure', call: 'count' }, 0.3],
  ['量', { word: 'measure', call: 'count' }, 0.5],
  ['总额|总金额', { word: 'measure', call: 'sum', behind: true }],
  [HOW_OFTEN, { word: 'how-many', times: true }],
  [
    counted(`${OF_DONE}|张|份`, '平均每*', '每*平均', '平均一*'),
    { word: 'measure', call: 'avg', ofRows: true },
    0.2,
  ],
  ['平均|平均值|均值|的平均值|平均数', { word: 'measure', call: 'avg' }],
  ['最大值|最高值', { word: 'measure', call: 'max' }],
  ['最小值|最低值', { word: 'measure', call: 'min' }],
  ['不同的|不同|不重复的|不重复', { word: 'distinct' }],
  [
    `每|每一|各|各自|按每个|${counted(UNITS, '每*', '各*', '每一*')}|每门|每座|每所|每部|每场|每起|每单|每一座|每一所|每一部|每一场|每一门|每一期|每一起|每一单|每一批`,
    { word: 'each' },
  ],
  [
    '每年|逐年|各年|各年度|每一年|每个年度|按年|每年度|按年份|按年度|各年份',
    { word: 'each-period', grain: 'year' },
  ],
  ['历年', { word: 'each-period', grain: 'year' }, 0.6],
  // All of them, and no figure of each year.
  ['历年来|历年来的', { word: 'noise' }, 1],
  [
    '每月|每个月|月份|逐月|各月|按月|各个月|按月份|各月份|每个月份',
    { word: 'each-period', grain: 'month' },
  ],
  [
    '每季度|每个季度|各季度|各个季度|按季度|按季|逐季|分季度|季度',
    { word: 'each-period', grain: 'quarter' },
  ],
  ['哪个月|哪一个月|哪月|哪个月份|哪些月份|哪几个月', { word: 'which-period', grain: 'month' }],
  ['哪个季度|哪一季度|哪一个季度|哪季度|哪几个季度', { word: 'which-period', grain: 'quarter' }],
  [
    '比上年|比上一年|较上年|比前一年|比去年同期|较上年同期|比上年同期',
    { word: 'from-before', by: 'year' },
  ],
  ['比上月|比上个月|较上月|比上季度|比上个季度|较上季度', { word: 'from-before', by: 'period' }],
  ['同比', { word: 'from-before', by: 'year', inPercent: true }],
  ['环比', { word: 'from-before', by: 'period', inPercent: true }],
  ['比|较|相比|相较于|对比|相对于', { word: 'versus' }],
  ['下面|下级|下属|下辖|下设|辖下|管辖', { word: 'under' }],
  ['汇报给|直接汇报给|向其汇报', { word: 'reports-to' }],
  ['做|做过|做了|有过|进行过|发生过|产生过', { word: 'done-with' }, 0.5],
  ['按笔数算|按数量算|按户数算|按人数算|按件数算|按个数算', { word: 'noise' }],
  ['中|里|中的|里的|当中|之中', { word: 'preposition', among: true }],
  ['其中', { word: 'preposition', among: true, ofThose: true }],
  [
    '占|占了|占全部|占总|占所有|占比|占比是多少|所占比例|所占的比例|占比多少|占多大比例|占多少比例',
    { word: 'makes-up' },
  ],
  [
    '变化|变化了|增长|增长了|增加|增加了|增长额|多了|变动|涨跌|涨跌了|涨了|上涨|上涨了|增减|增减了|上升了',
    { word: 'change' },
  ],
  ['增长率|增速|增幅|变化率|涨幅|增长幅度|增长百分比', { word: 'change', inPercent: true }],
  [
    '百分之几|百分之多少|几个百分点|百分比是多少|百分比|比例|比例是多少|比重|百分数|用百分比表示|用百分数表示|用百分比|用百分数|按百分比|以百分比表示',
    { word: 'in-percent' },
  ],
  ['按|按照|以|根据|依据', { word: 'by' }],
  ['分', { word: 'by' }, 0.3],
  [
    `从高到低|由高到低|降序|从大到小|由大到小|从多到少|从高到低排列|降序排列|从高到低排序|降序排序|从大到小排列|由高到低排列|
     从高到低排|从大到小排|从多到少排|由高到低排|由大到小排|从大到小排序|由高到低排序|从多到少排列|从多到少排序|由多到少|倒序|大的在前|多的在前|高的在前|大的排前面|多的排前面|高的排前面|大的排在前面|多的排在前面|高的排在前面`,
    { word: 'descending' },
  ],
  [
    `从低到高|由低到高|升序|从小到大|由小到大|从少到多|从低到高排列|升序排列|从低到高排序|升序排序|从小到大排列|由低到高排列|
     从低到高排|从小到大排|从少到多排|由低到高排|由小到大排|从小到大排序|由低到高排序|从少到多排列|从少到多排序|由少到多|小的在前|少的在前|低的在前|小的排前面|少的排前面|低的排前面`,
    { word: 'ascending' },
  ],
  [
    '从早到晚|由早到晚|从旧到新|由旧到新|从远到近|由远到近|时间顺序|时间先后|时间先后顺序|先后顺序|从早到晚排列|从早到晚排序|时间顺序排列|时间先后排列|时间先后顺序排列',
    { word: 'days-first', descending: false },
  ],
  [
    '从晚到早|由晚到早|从新到旧|由新到旧|从近到远|由近到远|从晚到早排列|从晚到早排序|从新到旧排列|从近到远排列|时间倒序|时间倒序排列',
    { word: 'days-first', descending: true },
  ],
  [
    '字母顺序|首字母顺序|字母升序|字母顺序排列|字母顺序排序|首字母顺序排列|首字母排序',
    { word: 'ascending', ofTexts: true },
  ],
  ['字母倒序|字母降序|字母倒序排列', { word: 'descending', ofTexts: true }],
  ['排序|排列|排名', { word: 'sort' }],
  ['大于|超过|高于|多于|超出|超|长于|突破', compare('>')],
  ['至少|不低于|不少于|大于等于|不小于|大于或等于|达到|高于或等于', compare('>=')],
  ['小于|低于|少于|不足|不到|不满|短于|没到|未满|没达到|未达到|没有达到', compare('<')],
  [
    '至多|不超过|不高于|不多于|小于等于|不大于|最多为|小于或等于|没超过|没有超过|未超过',
    compare('<='),
  ],
  ['等于|正好是|恰好为', compare('=')],
  ['含', { word: 'including' }],
  ['不含', { word: 'including', not: true }],
  ['以上|及以上|或以上|或更多|或更高', { word: 'or-more' }],
  ['以下|及以下|以内|或以下|或更低|或更少', { word: 'or-less' }],
  [
    '和|与|及|以及|、|，|并|并且|还有|及其|以及其|而且|并且还|同时|和其|和它的|和他们的|和它们的|和各自的|及各自的|以及各自的|和对应的|及对应的|以及对应的|并列出|并给出',
    { word: 'and' },
  ],
  ['但|但是|但却|却|可是|不过', { word: 'but' }],
  ['既|既有', { word: 'both' }],
  ['或|或者|还是', { word: 'or' }],
  ['到|至', { word: 'to' }],
  ['不|不是|不在|非|除了|除', { word: 'not' }],
  [
    `从来没|一直没|没有|没|没人|没有人|从来没人|从来没有人|无人|谁都没|谁也没|从未|未|从来没有|没有任何|无|未曾|尚未|还没有|不存在|还没|从没|从没有|没有过|从没人|从没有人|从不|一直没有|一直都没|压根没|根本没|至今没|至今没有|
     从来都没有|从来都没|${counted(UNITS, '一*都没', '一*都没有', '一*也没', '一*也没有')}|一次都没有过|一分钱都没|一分钱都没有|一分钱都还没|一分钱也没|一分钱也没有|一分钱都还没有|一分都没|都还没|都还没有|至今还没|至今还没有|到现在还没|一次也没有过`,
    { word: 'without' },
  ],
  ['也没|也没有|都没|都没有', { word: 'without', behind: true }],
  ['最高|最大|最长|最重', extreme(true)],
  // 逾期最久 of days that are counted, 成立最久 of the day on which it began.
  ['最久', extreme(true)],
  ['最久', extreme(false, 'day')],
  ['最低|最小|最短|最轻', extreme(false)],
  ['最贵', extreme(true, 'price')],
  ['最便宜', extreme(false, 'price')],
  ['最常见|最普遍|最常用|用得最多|使用最多|出现最多', extreme(true, 'rows')],
  ['最少见|最不常见|用得最少|使用最少', extreme(false, 'rows')],
  ['最多', extreme(true, 'count')],
  ['最少', extreme(false, 'count')],
  ['最新|最近|最晚|最后', extreme(true, 'day')],
  ['最早|最先', extreme(false, 'day')],
  ['年龄最大|年纪最大|最年长|最老', extreme(true, 'age')],
  ['年龄最小|年纪最小|最年轻', extreme(false, 'age')],
  ['前|排名前|排在前|前列|排前|排行前', { word: 'top', descending: true }],
  ['后|倒数|排名后|排名倒数|排在后', { word: 'top', descending: false }],
  [
    '高于平均|高于平均值|高于平均水平|大于平均|大于平均值|超过平均|超过平均值|超过平均水平|高于均值|高于平均数|多于平均|多于平均值|大于均值|超过均值',
    { word: 'mean', sign: '>' },
  ],
  [
    '低于平均|低于平均值|低于平均水平|小于平均|小于平均值|低于均值|低于平均数|少于平均|少于平均值|不到平均|不到平均水平|不到平均值|小于均值',
    { word: 'mean', sign: '<' },
  ],
  ...PLACES,
  ['最高和最低之差|最高与最低之差|最大值和最小值之差|极差', { word: 'measure', call: 'range' }],
  ['整体平均|总体平均|全体平均|整体均值|总平均|公司平均', { word: 'measure', call: 'avg' }, 0.3],
  ['两倍|2倍|二倍', { word: 'times', factor: 2 }],
  ['三倍|3倍', { word: 'times', factor: 3 }],
  ['一半', { word: 'times', factor: 0.5 }],
  ['同|本|同一', { word: 'own', soft: true }, 1],
  ['为负|为负数|为负值|是负的|是负数|小于零', { word: 'signed', sign: '<' }],
  ['为正|为正数|为正值|是正的|是正数|大于零', { word: 'signed', sign: '>' }],
  ['为零|等于零', { word: 'signed', sign: '=' }],
  ['之前|以前|前|早于', { word: 'before' }],
  ['之后|以后|后|晚于', { word: 'after' }],
  ['以来|至今|起', { word: 'since' }],
  // What is done on a day that is called so is meant before it.
  ['开始', { word: 'since' }, 0.3],
  ['截至|截止|为止|截止到|截至到', { word: 'until' }],
  ['底|末|年底|年末|末的|底的|期末', { word: 'end-of' }],
  ['目前|现在|当前|现任|眼下|如今', { word: 'now' }],
  ['带|带上|连同', { word: 'with' }],
  [
    '在|因|由于|于|里面|内|对|从|由|向|给|为|属于|位于|来自|所属|期间|上|下|间|之间|介于|旗下|名下|关于',
    { word: 'preposition' },
  ],
  [
    `的|是|有|了|都|所|那些|这些|请|请问|我们|我|一下|吗|呢|所有|全部|公司的所有|分别|它们|他们|其|各自的|该|
     我想知道|想知道|帮我|麻烦|被|会|曾|过|已|已经|共有|拥有|具有|进行|发生|情况|信息|来|过的|给|跟|咱们|的话|里头|帮忙|下|办公|
     值|时|当|年|出|也|就|又|把|呀|啊|哦|你|你好|您好|您|嗨|能|可以|能不能|所在|所在的|对应的|相关的|负责|
     全年|数据|记录|名单|清单|列表|的时候|时候|东西|咱|帮|得|我们手上|手上|手头|手里|在册|账上|系统里|库里|数据库里|档案里|就行|就行了|即可|就可以|就可以了|就好|只要|只看|只列|只给|只需要|只列出|只显示|只给出|只返回|只查|只统计|只算|只需|仅列出|仅显示|分布|分布于|整个|总体|到底|究竟|具体|任何|名字|叫|叫做|${counted(UNITS, '一*', '这*', '那*')}`,
    { word: 'noise' },
  ],
  [
    // What is done where nothing stored is called so.
    `管理|持有|花|花掉|花费|花费了|提供|给过|给出过|发布|发布过|发行|发行过|开设|开|开过|设立|使用|用|采用|通过|经手|经办|办理|签署|产生|涉及|参与|
     参加|包含|包括|收|收取|服务|对接|出现|登记|录入|提交|工作|任职|就职|上班|居住|住|生产`,
    { word: 'noise' },
    0.5,
  ],
  ['造成|导致|引起|计价', { word: 'noise' }, 0.3],
  // Yes or no is asked; the rows answer it, too.
  ['有没有|是否有|是否存在', { word: 'noise' }, 2],
  ['是不是', { word: 'noise' }, 3],
  [
    `元|岁|股|万元|亿元|块|块钱|平方米|平米|平方公里|公里|千米|吨|公斤|千克|克|分钟|分|
     点|百分点|个百分点|百万元|千元`,
    { word: 'unit' },
  ],
  [UNITS.replace('|只|', '|').replace('|人|', '|'), { word: 'unit', counts: true }],
  ['只', { word: 'unit', counts: true, behind: true }],
  ['只|仅|只有|仅有', { word: 'only' }],
  ['单笔|单次|单笔的|单件|单张|单份', { word: 'single' }],
  [
    '的一笔|的一张|的一单|的一份|的一次|的那笔|的那张|的那单|的那一笔|的那一张|的那一单',
    { word: 'single' },
  ],
  [
    '没有的也列出来|没有的也要列出来|没有的也列出|没有的也要列出|没有的也算|没有的也要算|没有的也要|没有的也显示|没有的也要显示|包括没有的|含没有的|没有的算0|没有的记0|没有的显示0|没有的写0',
    { word: 'with-none' },
  ],
  ['天', { word: 'unit', days: true }],
  ['小时|个小时', { word: 'unit', days: true, hours: true }],
  [
    `多久|多长时间|几天|天数|间隔天数|相差天数|相差多少天|相差几天|间隔多少天|相隔多少天|隔多少天|需要多少天|需要几天|要多少天|
     要几天|花多少天|花了多少天|花多长时间|花多久|需要多久|要多久`,
    { word: 'day-span' },
  ],
  ['人', { word: 'unit', behind: true }],
  ['美元|人民币|港元|港币|欧元|英镑|日元', { word: 'unit', behind: true, money: true }],
]);
