import { list } from './chinese-list.ts';
import { orderInChinese, windowsInChinese } from './chinese-windows.ts';
import type { AnotherReading } from './messages.ts';
import { spaced } from './spaced.ts';
import { sqliteInChinese } from './sqlite-in-chinese.ts';
import type { Wording } from './wording.ts';

export const chinese: Wording = {
  cautions: {
    'cut-off': ({ tokens }) => `SQL 写到 ${tokens} 个词元时被截断，可能不完整。`,
    'more-rows': ({ shown }) => `结果不止这些，仅显示前 ${shown} 行。`,
    ties: ({ more, orMore }) =>
      `另有 ${more} 行${orMore ? '以上' : ''}与显示的最后一行并列，没有列出。`,
    corrected: ({ rules, error }) => {
      const subject = error === null ? 'SQL ' : `${firstFailed(error)}，`;
      return `${subject}已按规则修正：${mended(rules)}。`;
    },
    'another-attempt': ({ error }) => `${firstFailed(error)}，以下是模型重新生成的 SQL 的结果。`,
    'another-reading': ({ because }) => ANOTHER_READING[because],
    'as-known': ({ question, changes }) =>
      `SQL 取自已知问题“${question}”，${changes.map(({ from, to }) => `并将“${from}”换成“${to}”`).join('，')}。`,
    'would-fail': ({ error }) =>
      `在允许读取的范围内，这条 SQL 无法运行（${sqliteInChinese(error)}）。`,
    'no-rows': () => '查询结果为空。',
    'stored-spelling': ({ moved = [] }) =>
      moved.length === 0
        ? '最初的 SQL 查询结果为空；已将其中的文本换成数据中的写法，或改为模糊匹配。'
        : `最初的 SQL 查询结果为空；${moved
            .map(({ text, from, to }) => `“${text}”改在 ${to} 中查找，而不是 ${from}`)
            .join('；')}。`,
    'value-not-stored': ({ column, text }) => `${column} 中没有“${text}”。`,
    'passed-over': ({ column, text }) =>
      `问题中提到“${text}”（存于 ${column}），但 SQL 没有以它为条件。`,
    'number-passed-over': ({ text }) => `问题中提到 ${text}，但 SQL 没有用到它。`,
    'words-passed-over': ({ words }) =>
      `数据中没有与${quoted(words)}对应的内容，SQL 只依据问题的其余部分写成。`,
    'words-unexplained': ({ words }) =>
      `数据中没有与${quoted(words)}对应的内容：请改用表、列或取值的名称，或为所指的列添加说明。`,
    'percentage-elsewhere': ({ text, column }) =>
      `问题中提到 ${text}，但 SQL 用它与 ${column} 比较，而该列不是百分数。`,
    'outside-data': ({ text, from, to, column, first, last }) =>
      `“${text}”按 ${days(from, to)} 计算，而 ${column} 中的数据为 ${days(first, last)}。如果指的是其他时间，请直接写出。`,
    'refers-back': ({ text }) =>
      `无法确定“${text}”承接的是之前的哪个问题。请直接写出所指的内容，或在同一对话中接着相应的问题提问。`,
    doubtful: ({ percent, others }) => {
      const chance = `结果存疑：这类回答约有 ${percent}% 是正确的`;
      return others === null
        ? `${chance}。使用数据前请先核对 SQL。`
        : `${chance}，模型另外还给出了 ${others} 个不同的候选。使用数据前请先核对 SQL。`;
    },
  },
  refusals: {
    'off-topic': ({ database, unknown, tables, more }) => {
      if (tables.length === 0) return `数据库 ${database} 中没有可供查询的表。`;
      const missing =
        unknown.length === 0
          ? '其中没有提到任何已存储的内容'
          : `库中没有与${quoted(unknown)}相关的内容`;
      return `这个问题似乎与数据库 ${database} 无关：${missing}。请说明想从哪些表中了解什么，可查询的表有：${tables.join('、')}${more ? ' 等' : ''}。`;
    },
    'not-in-data': ({ database, unknown }) =>
      `数据库 ${database} 中没有名为${quoted(unknown)}的内容。请去掉这部分再问，或直接写出对应的表名或列名。`,
    'nothing-runs': ({ error }) =>
      `没有为这个问题找到可执行的 SQL，草稿的报错为：${sqliteInChinese(error)}。请换一种问法，或直接写出对应的表名或列名。`,
    'no-such-value': ({ column, text }) =>
      `${column} 中没有“${text}”。请检查写法，或改用数据中已有的值。`,
    'candidates-disagree': ({ agreeing, candidates }) =>
      `各候选的结果不一致：${candidates} 个候选中最多只有 ${agreeing} 个结果相同。请一次只问一件事并使用数据中的名称，或核对草稿。`,
    'low-confidence': ({ percent }) =>
      `这类回答约有 ${percent}% 是正确的，因此没有给出结果。请换一种问法，或核对草稿。`,
  },
  forbidden: {
    'too-long': ({ characters, most }) => `语句有 ${characters} 个字符，最多只能有 ${most} 个`,
    'nul-character': () => '语句中含有 NUL 字符',
    'empty-statement': () => '语句为空',
    'too-many-tokens': ({ most }) => `语句中的词和符号超过 ${most} 个`,
    'not-sql': ({ text }) => `“${text}”不是 SQL，或有引号没有闭合`,
    'several-statements': () => '一次只能运行一条语句',
    'not-a-query': ({ word }) =>
      spaced`语句以 ${word} 开头，只能运行以 SELECT、WITH 或 VALUES 开头的查询`,
    'open-parameters': () => '语句中有未赋值的参数',
    'too-deep': ({ most }) => `括号嵌套超过 ${most} 层`,
    'internal-name': ({ name }) => spaced`${name} 是 SQLite 内部使用的`,
    'internal-tables': () => '表的目录是 SQLite 内部使用的',
    'not-read-only': () => '语句不只是读取数据',
    writes: ({ operation }) => `语句会写入数据（${operation}）`,
    'other-database': () => '语句读取了另一个数据库',
    'schema-prefix': ({ prefix }) => `表名前不能写 ${prefix}`,
  },
  refused: (reason, sql) =>
    sql === null ? `该语句未被执行：${reason}。` : `该语句未被执行：${reason}。SQL：${sql}`,
  rules: {
    '': '语句的书写格式',
    'fix-operators': '运算符和符号',
    'translate-limits': '其他数据库的限制行数写法',
    'translate-functions': '其他数据库的函数',
    'quote-names': '名称的引号',
    'fix-table-names': '表名',
    'fix-aliases': '表的别名',
    'fix-owners': '列所属的表',
    'replace-table': '缺少所需列的表',
    'join-missing-table': '缺少的关联表',
    'fix-column-names': '列名',
    'fix-join-keys': '关联条件',
    'fix-counted': '计数的对象',
    'fix-unsaid-columns': '问题没有提到的列',
    'fix-sibling-columns': '相近两列中问题写明的那一列',
    'fix-commented-columns': '与问题用词一致的列',
    'fix-percent-columns': '百分数所比较的列',
    'name-not-key': '以编号代替名称',
    'group-selected': '缺少的分组',
    'select-all': '所有列',
    'select-once': '重复选取的列',
    'plain-years': '存有年份的列的取法',
    'month-not-quarter': '把季度改为所问的月份',
    'compact-days': '不带分隔符的日期',
    'stored-dates': '按存储方式读取日期',
    'group-alternatives': '“或”条件的括号',
    'open-ended-years': '某年以来、之后或之前',
    'whole-spans': '时间段内的全部年份',
    'year-before': '变化所比较的上一年',
    'fix-shares': '占比按小数还是百分数',
    'distinct-arms': '重复查找的同一文本',
    'fix-amounts': '金额的数量级',
    'fix-factors': '百分比对应的倍数',
    'fix-directions': '高于或低于某数',
    'fix-order': '排序的方向',
    'order-as-said': '排序所依据的列',
    'neither-nor': '两者都不包含',
    'complete-lists': '并列的各个取值',
    'drop-unasked-flags': '问题未提及的标志条件',
    'drop-unasked-divisors': '问题未提及的除数',
    'fix-averages': '以平均值代替列表',
    'fix-patterns': '模糊匹配的写法',
    'fix-values': '取值的写法',
    'move-values': '取值所在的列',
    'within-periods': '日期所在的期间',
    'drop-excluded-joins': '被条件排除的关联表',
    'split-contradictions': '互相矛盾的条件',
    'list-once': '重复列出的行',
  },
  followUps: {
    'count-or-list': '对同样的行计数或列出',
    'change-limit': '改变行数',
    'change-order': '改变排序',
    'turn-extreme': '改取排序的另一端',
    'compare-periods': '与之前的时期相比',
    'replace-parts': '替换问题中的一部分',
    'group-by': '分组统计',
    'add-detail': '增加一列',
    'add-condition': '增加一个条件',
    'resolve-pronoun': '补全代词所指的内容',
  },
  retrievers: {
    'exemplar voting': '最相似的已知问题所用的表和列',
    'lexical (BM25)': '名称和注释中的词语，以及存储的值',
    combined: '相似问题的投票、词语、存储的值和外键',
  },
  lacking: {
    table: (name) => spaced`没有名为 ${name} 的表`,
    column: (table, column, others) =>
      spaced`${table} 中没有名为 ${column} 的列，已有的列：${others.join('、')}`,
    all: (database, problems, tables) =>
      spaced`数据库 ${database} 中没有要说明的内容：${problems.join('；')}。已有的表：${tables.join('、')}。`,
  },
  sqlite: sqliteInChinese,
  statements: {
    reads: (tables, keys) =>
      keys.length === 0
        ? spaced`读取 ${list(tables)}。`
        : spaced`读取 ${list(tables)}，按 ${keys.join('、')} 关联。`,
    inner: (name, sentences, forEachRow) =>
      `${innerQuery(name)}${forEachRow ? '（对外层查询的每一行）' : ''}：${sentences.join('')}`,
    keepsUnmatched: (tables, others) =>
      spaced`${list(tables)} 中在 ${list(others)} 里没有匹配的行也保留。`,
    pairs: (tables, others) =>
      spaced`${list(tables)} 的每一行与 ${list(others)} 的每一行两两组合。`,
    keepsRows: (condition) => `筛选条件：${condition}。`,
    groups: (columns) => spaced`按 ${list(columns)} 分组。`,
    keepsGroups: (condition) => `只保留满足以下条件的分组：${condition}。`,
    shows: (values, distinct) =>
      distinct ? spaced`显示 ${list(values)}，去除重复。` : spaced`显示 ${list(values)}。`,
    units: (units) =>
      `单位：${units.map(({ column, unit }) => spaced`${column} 为 ${unit}`).join('，')}。`,
    codes: ({ column, meanings }) =>
      spaced`${column} 的代码：${meanings.map(({ code, words }) => `${code} = ${words}`).join('，')}。`,
    sorts: (orders) => {
      const [first = '', ...others] = orders.map(orderInChinese);
      return others.length === 0
        ? `${first}排序。`
        : `先${first}排序，${others.map((order) => `再${order}排序`).join('，')}。`;
    },
    takes: (count, { skipped, sorted }) => {
      if (count === 'all') return `跳过${sorted ? '前' : '任意'} ${skipped} 条。`;
      const before = skipped > 0 ? `跳过前 ${skipped} 条，` : '';
      const which = !sorted ? '任取' : skipped > 0 ? '取随后' : '取前';
      return `${before}${which} ${count} 条。`;
    },
    combines: {
      union: '再与第二个查询的结果合并，去除重复：',
      'union all': '再与第二个查询的结果合并，保留重复：',
      intersect: '只保留第二个查询中也有的行：',
      except: '去掉第二个查询中也有的行：',
    },
    whole: '对合在一起的结果：',

    table: (name, comment, alias) => {
      const notes = [comment, alias === '' ? '' : spaced`记作 ${alias}`].filter(Boolean);
      return notes.length === 0 ? name : `${name}（${notes.join('，')}）`;
    },
    innerQuery: '子查询的结果',
    functionRows: '函数返回的行',

    allColumns: (table) => (table === '' ? '所有列' : spaced`${table} 的所有列`),
    collated: (value, sequence) =>
      `${value}（${COLLATIONS[sequence] ?? spaced`按 ${sequence} 比较`}）`,
    columnAt: (position) => `第 ${position} 列`,
    missing: '空值',
    rowCount: '记录数',
    expression: '某个表达式',
    named: (value, name) => spaced`${value}（记作 ${name}）`,
    aggregates: {
      SUM: (value) => spaced`${value} 的合计`,
      AVG: (value) => spaced`${value} 的平均值`,
      MIN: (value) => spaced`${value} 的最小值`,
      MAX: (value) => spaced`${value} 的最大值`,
      COUNT: (value) => spaced`${value} 的个数`,
      GROUP_CONCAT: (value) => spaced`${value} 的列表`,
    },
    different: (value) => spaced`不同 ${value}`,
    rowsWhere: (condition) => spaced`满足“${condition}”的记录数`,
    rowsKnown: (condition) => spaced`能判断“${condition}”是否成立的记录数`,
    shareWhere: (condition) => spaced`满足“${condition}”的记录所占的比例`,
    onlyWhere: (value, condition) => spaced`满足“${condition}”时 ${value}`,
    inCases: (cases, otherwise) =>
      [
        ...cases.map(({ condition, value }) => spaced`${condition} 时为 ${value}`),
        spaced`否则为 ${otherwise}`,
      ].join('，'),
    dateParts: {
      year: (value) => spaced`${value} 的年份`,
      quarter: (value) => spaced`${value} 的季度`,
      month: (value) => spaced`${value} 的月份`,
      'year and month': (value) => spaced`${value} 的年月`,
      day: (value) => spaced`${value} 的日`,
    },
    today,
    now: '现在',
    casts: {
      whole: (value) => spaced`${value} 的整数部分`,
      decimal: (value) => spaced`${value} 转为小数`,
      number: (value) => spaced`${value} 转为数值`,
      text: (value) => spaced`${value} 转为文本`,
      bytes: (value) => spaced`${value} 转为字节`,
    },

    windows: windowsInChinese,
    resultOf: (query) => spaced`${innerQuery(query)} 的结果`,

    compares: {
      '=': (left, right) => spaced`${left} 等于 ${right}`,
      '!=': (left, right) => spaced`${left} 不等于 ${right}`,
      '>': (left, right) => spaced`${left} 大于 ${right}`,
      '>=': (left, right) => spaced`${left} 大于等于 ${right}`,
      '<': (left, right) => spaced`${left} 小于 ${right}`,
      '<=': (left, right) => spaced`${left} 小于等于 ${right}`,
    },
    coded: (value, meaning) => `${value}（${meaning}）`,
    isMissing: (value, not) => spaced`${value} ${not ? '不为空' : '为空'}`,
    neverTrue: (value) => spaced`${value} 与空值比较（永不成立）`,
    isLike,
    isBetween: (value, low, high, not) =>
      spaced`${value} ${not ? '不在' : '在'} ${low} 到 ${high} 之间`,
    isAmong: (value, values, not) => {
      const [only = ''] = values;
      if (values.length === 1) return spaced`${value} ${not ? '不是' : '是'} ${only}`;
      return spaced`${value} ${not ? '不是' : '是'} ${values.join('、')} ${not ? '中的任何一个' : '之一'}`;
    },
    isAmongResults: (value, query, not) =>
      spaced`${value} ${not ? '不在' : '在'} ${innerQuery(query)} 的结果中`,
    hasResults: (query, not) => spaced`${innerQuery(query)} ${not ? '没有' : '有'}结果`,
    isShared: (column) => spaced`${column} 相同`,
    namesakesShared: '同名列相同',
    both: (left, right) => spaced`${left}，且 ${right}`,
    either: (left, right) => spaced`${left}，或 ${right}`,
    not: (condition) => `不满足“${condition}”`,
    together: (condition) => `（${condition}）`,
  },
};

const ANOTHER_READING: Readonly<Record<AnotherReading, string>> = {
  'no-rows': '最初的 SQL 没有查到数据，以下是多次生成结果一致的另一种理解。',
  'other-adapter': '最初的 SQL 没有查到数据，以下是第二个适配器给出的另一种理解。',
  'passed-over': '最初的 SQL 漏掉了问题中的内容，以下是多次生成结果一致的另一种理解。',
  'joins-everything': '最初的 SQL 把所有行两两连接在一起，以下是多次生成结果一致的另一种理解。',
};

const days = (from: string, to: string) => (from === to ? from : `${from} 至 ${to}`);
const firstFailed = (error: string) => `最初的 SQL 运行失败（${sqliteInChinese(error)}）`;
const innerQuery = (name: string) => (name === '' ? '子查询' : `子查询 ${name}`);
const quoted = (words: readonly string[]) => words.map((word) => `“${word}”`).join('、');

function mended(rules: readonly string[]): string {
  const phrase = (rule: string) => chinese.rules[rule] ?? '';
  return rules.length === 0
    ? phrase('')
    : rules.map((rule) => `${phrase(rule)}（${rule}）`).join('、');
}

/** `like '%x%'` → 包含 'x' */
function isLike(value: string, pattern: string, not: boolean): string {
  const [, before = '', text, after = ''] = /^'(%?)((?:[^%_']|'')+)(%?)'$/.exec(pattern) ?? [];
  const no = not ? '不' : '';
  if (text === undefined || before + after === '') {
    return spaced`${value} ${no}匹配模式 ${pattern}`;
  }
  if (before !== '' && after !== '') return spaced`${value} ${no}包含 ${`'${text}'`}`;
  return after === ''
    ? spaced`${value} ${no}以 ${`'${text}'`} 结尾`
    : spaced`${value} ${no}以 ${`'${text}'`} 开头`;
}

/** What texts are compared by, other than letter for letter. */
const COLLATIONS: Readonly<Record<string, string>> = {
  NOCASE: '不分大小写',
  BINARY: '区分大小写',
  RTRIM: '忽略末尾空格',
};

const UNITS: Readonly<Record<string, string>> = { year: '年', month: '个月', day: '天' };
/** Beginnings: of the day before them, and of today. */
const STARTS: Readonly<Record<string, readonly [of: string, now: string]>> = {
  "'start of year'": ['所在年份的首日', '今年首日'],
  "'start of month'": ['所在月份的首日', '本月首日'],
};

/** `'-1 year'` → 1 年前的今天 */
function today(shifts: readonly string[]): string {
  return shifts.reduce((day, shift) => {
    const start = STARTS[shift];
    if (start !== undefined) return day === '今天' ? start[1] : day + start[0];
    const [, sign, count, unit = ''] = /^'([+-]?)(\d+) (year|month|day)s?'$/.exec(shift) ?? [];
    if (count === undefined) return `${day} ${shift}`;
    const way = sign === '-' ? '前' : '后';
    return day === '今天'
      ? `${count} ${UNITS[unit]}${way}的今天`
      : `${day}之${way} ${count} ${UNITS[unit]}`;
  }, '今天');
}
