/** What SQLite, and who runs a model's statements, says most often of them and of files, in Chinese. */
import { spaced } from './spaced.ts';

type Say = (...names: readonly string[]) => string;

/** Of statements, with the names that they are about. */
const OF_STATEMENTS: readonly (readonly [RegExp, Say])[] = [
  [
    /^no such column: (.+) - should this be a string literal in single-quotes\?$/,
    (name = '') => spaced`没有名为 ${name} 的列；如果是文本，应写在单引号中`,
  ],
  [/^no such column: (.+)$/, (name = '') => spaced`没有名为 ${name} 的列`],
  [/^no such table: (.+)$/, (name = '') => spaced`没有名为 ${name} 的表`],
  [/^no such function: (.+)$/, (name = '') => spaced`没有名为 ${name} 的函数`],
  [/^no such table-valued function: (.+)$/, (name = '') => spaced`没有名为 ${name} 的表值函数`],
  [/^'(.+)' is not a function$/, (name = '') => spaced`${name} 不是函数`],
  [/^no such collation sequence: (.+)$/, (name = '') => spaced`没有名为 ${name} 的排序规则`],
  [/^no such window: (.+)$/, (name = '') => spaced`没有名为 ${name} 的窗口`],
  [/^no such index: (.+)$/, (name = '') => spaced`没有名为 ${name} 的索引`],
  [/^ambiguous column name: (.+)$/, (name = '') => spaced`列名 ${name} 不明确，有多个表含有该列`],
  [/^near "(.+)": syntax error$/s, (text = '') => `“${text}”附近有语法错误`],
  [/^unrecognized token: "(.+)"$/s, (text = '') => `无法识别“${text}”`],
  [/^incomplete input$/, () => '语句不完整'],
  [
    /^misuse of (?:aliased )?aggregate(?: function|:)? (.+)$/,
    (name = '') => spaced`聚合函数 ${name} 用在了不允许的位置`,
  ],
  [
    /^misuse of (?:aliased )?window function (.+)$/,
    (name = '') => spaced`窗口函数 ${name} 用在了不允许的位置`,
  ],
  [/^(.+) may not be used as a window function$/, (name = '') => spaced`${name} 不能用作窗口函数`],
  [
    /^FILTER may not be used with non-aggregate (.+)$/,
    (name = '') => spaced`FILTER 只能用于聚合函数，${name} 不是聚合函数`,
  ],
  [/^unsupported frame specification$/, () => '窗口范围的写法有误'],
  [/^row value misused$/, () => '括号中的多个值用在了只能有一个值的位置'],
  [
    /^wrong number of arguments to function (.+)$/,
    (name = '') => spaced`函数 ${name} 的参数个数不对`,
  ],
  [/^too many arguments on function (.+)$/, (name = '') => spaced`函数 ${name} 的参数过多`],
  [
    /^DISTINCT aggregates must (?:have|take) exactly one argument$/,
    () => '含 DISTINCT 的聚合函数只能有一个参数',
  ],
  [
    /^aggregate functions are not allowed in the GROUP BY clause$/,
    () => 'GROUP BY 中不能使用聚合函数',
  ],
  [/^HAVING clause on a non-aggregate query$/, () => '没有分组也没有聚合的查询不能使用 HAVING'],
  [/^a GROUP BY clause is required before HAVING$/, () => 'HAVING 之前需要 GROUP BY'],
  [
    /^(\d+)\w\w (ORDER|GROUP) BY term out of range - should be between 1 and (\d+)$/,
    (at = '', clause = '', most = '') =>
      `${clause} BY 第 ${at} 项的序号超出范围，应在 1 到 ${most} 之间`,
  ],
  [
    /^(\d+)\w\w ORDER BY term does not match any column in the result set$/,
    (at = '') => `ORDER BY 的第 ${at} 项不是结果中的列`,
  ],
  [
    /^SELECTs to the left and right of (.+) do not have the same number of result columns$/,
    (word = '') => spaced`${word} 两边的查询列数不同`,
  ],
  [
    /^(ORDER BY|LIMIT) clause should come (?:before|after) (.+) not (?:before|after)$/,
    (clause = '', word = '') => spaced`${clause} 应写在 ${word} 之后`,
  ],
  [
    /^sub-select returns (\d+) columns - expected (\d+)$/,
    (got = '', expected = '') => `子查询返回 ${got} 列，应为 ${expected} 列`,
  ],
  [/^all VALUES must have the same number of terms$/, () => 'VALUES 各行的值个数应相同'],
  [
    /^table (.+) has (\d+) values for (\d+) columns$/,
    (name = '', values = '', columns = '') =>
      spaced`表 ${name} 有 ${columns} 列，却给出了 ${values} 个值`,
  ],
  [/^no tables specified$/, () => '没有指定表'],
  [/^the statement reads no table$/, () => '语句没有读取任何表'],
  [/^the statement has a broken character \(U\+FFFD\)$/, () => '语句中有残缺的字符（U+FFFD）'],
  [/^circular reference: (.+)$/, (name = '') => spaced`${name} 循环引用自身`],
  [
    /^(?:multiple references to recursive table|recursive reference in a subquery): (.+)$/,
    (name = '') => spaced`递归表 ${name} 只能在 FROM 中引用一次`,
  ],
  [
    /^cannot join using column (.+) - column not present in both tables$/,
    (name = '') => spaced`不能用 ${name} 关联：两个表并非都有该列`,
  ],
  [
    /^a NATURAL join may not have an ON or USING clause$/,
    () => 'NATURAL JOIN 不能再有 ON 或 USING',
  ],
  [/^ON clause references tables to its right$/, () => 'ON 中用到了其后才出现的表'],
  [/^unknown (?:or unsupported )?join type: (.+)$/, (name = '') => spaced`没有 ${name} 这种连接`],
  [/^at most (\d+) tables in a join$/, (most = '') => `一次最多连接 ${most} 个表`],
  [/^too many columns in result set$/, () => '结果的列过多'],
  [/^too many terms in compound SELECT$/, () => '用 UNION 等合并的查询过多'],
  [/^too many terms in (.+?)(?: clause)?$/, (clause = '') => spaced`${clause} 中的项过多`],
  [
    /^Expression tree is too large \(maximum depth (\d+)\)$/,
    (most = '') => `表达式嵌套过深，最多 ${most} 层`,
  ],
  [/^parser stack overflow$/, () => '语句嵌套过深'],
  [/^LIKE or GLOB pattern too complex$/, () => 'LIKE 或 GLOB 的模式过长'],
  [/^integer overflow$/, () => '整数超出范围'],
  [/^datatype mismatch$/, () => '数据类型不符'],
  [/^malformed JSON$/, () => 'JSON 格式有误'],
  [/^bad JSON path: (.+)$/, (path = '') => spaced`JSON 路径 ${path} 有误`],
];

/** Of files and of what runs: the same words whatever they are about; some are those of its binding. */
const OF_FILES: Readonly<Record<string, string>> = {
  'database is locked': '数据库正被其他程序占用',
  'database table is locked': '数据库的表正被占用',
  'database schema has changed': '数据库的结构刚刚有变化',
  'database disk image is malformed': '数据库文件的内容已损坏',
  'malformed database schema': '数据库的结构已损坏',
  'file is not a database': '文件不是数据库',
  'file is encrypted or is not a database': '文件已加密，或不是数据库',
  'unable to open database file': '无法打开数据库文件',
  'Cannot open database because the directory does not exist': '数据库所在的文件夹不存在',
  'attempt to write a readonly database': '数据库是只读的',
  'database or disk is full': '数据库或磁盘已满',
  'disk I/O error': '磁盘读写出错',
  'locking protocol': '锁定数据库时出错',
  'not authorized': '没有权限',
  'The supplied SQL string contains more than one statement': '不止一条语句',
  'The supplied SQL string contains no statements': '语句为空',
  'out of memory': '内存不足',
  'string or blob too big': '单个值过大',
  interrupted: '已被中断',
};

/** The message in Chinese; as it is where it is none of those. */
export function sqliteInChinese(message: string): string {
  if (Object.hasOwn(OF_FILES, message)) return OF_FILES[message] ?? message;
  for (const [pattern, say] of OF_STATEMENTS) {
    const [found, ...names] = pattern.exec(message) ?? [];
    if (found !== undefined) return say(...names);
  }
  return message;
}
