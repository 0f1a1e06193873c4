/** How people ask in Chinese beside what they ask for: what is to be done for them, greetings, particles. */
import { compare, type Vocabulary } from './word.ts';

/** What is to be done with the rows, before 一下 or alone. */
const DO =
  '搜|搜索|检索|查|查询|查找|看|找|列|列举|罗列|展示|显示|统计|算|计算|提供|给|拿|取|调|导|汇总|说|讲|告诉|介绍|数|查看|瞧';

/** Before the word for what is to be done. */
const FOR_ME = '帮我|帮忙|给我|麻烦|请|帮|给咱|帮我们|请帮我|麻烦帮我|能帮我|给我们|我想|想|我要';

/** 搜一下, 帮我搜下, 查询一下. */
const LIST = ['', ...FOR_ME.split('|')]
  .flatMap((before) =>
    DO.split('|').flatMap((verb) => [`${before}${verb}一下`, `${before}${verb}下`]),
  )
  .join('|');

export const CHINESE_ASIDES: Vocabulary = [
  [LIST, { word: 'list' }],
  [
    `搜索|搜一搜|检索|查询出|查出|查出来|取出|取出来|列明|列列|展示出|展示出来|显示出|统计出|统计出来|找找|找一找|找出来|
     挑出|挑选|挑选出|选出|算出|算一算|罗列出|导出|调出|给到|看一看|看一眼|瞧瞧|瞧一瞧|我想查|想查|想看|想看看|我想要|我需要|能告诉我|
     可以告诉我|请告诉我|帮我算算|帮我列列|帮我找找|请统计|请查询|请显示|请展示|请找出|请计算|请返回|请提供|提供`,
    { word: 'list' },
  ],
  [
    `知道|你知道|您知道|我想问|想问|想问下|想问一下|请教|请教一下|可否|能否|可不可以|劳烦|谢谢|谢谢你|谢了|多谢|感谢|辛苦|辛苦了|拜托|
     哦|呗|哇|啦|喽|哈|嘛|么|咯|嗯|哟|唉|哎|哎呀|嘿|嗨|哈喽|喂|哥|亲|分组|分组统计|分组展示|分组汇总|分组计算|分组列出|分组显示|
     分类统计|分类汇总|分别统计|分别展示|分别列出|划分|区分|来分|来统计|来说|来算|进行分组|进行统计|进行分组统计|进行排序|
     进行汇总|还|还在|仍|仍在|仍然|依然|依旧`,
    { word: 'noise' },
  ],
  ['给我们|跟我们|向我们|与我们|和我们', { word: 'noise' }, 0.3],
  ['才|明细|明细表|水平', { word: 'noise' }, 0.3],
  ['填|填写|填过|填了|留|留了|留下|设|设了|设定|设置', { word: 'noise' }, 0.5],
  [
    '不算|不计|除外|不考虑|不要|剔除|剔除掉|不算在内|不计算|不统计|排除|排除在外|不用列|不列|不看',
    { word: 'left-out' },
  ],
  ['以外|之外', { word: 'left-out', twice: true }],
  ['先后|先后顺序', { word: 'days-first', descending: false }],
  ['交|交了|缴|缴了|缴纳|管|管着|承担|拿|拿到|领|领取|赚|挣|负担', { word: 'noise' }, 0.5],
  ['也要|也列出|也列出来|也给出|也给我|也带上|也显示|都要', { word: 'noise' }],
  ['大小|怎么样|怎样|如何|咋样|是怎样的|是什么样的|怎么样了|是啥样', { word: 'noise' }, 0.5],
  ['历史上|有史以来|一直以来|这些年|这些年来', { word: 'noise' }, 1],
  ['多大|是多大|多高|是多高|多长|是多长', { word: 'how-much' }],
  ['啥|是啥|叫啥', { word: 'which' }],
  ['且|且其|而且其', { word: 'and' }],
  ['各大|每类|每款', { word: 'each' }],
  ['去重|去重后|去重后的|去掉重复的', { word: 'distinct' }],
  ['破|高过|大过|多过|超过了|高于了|大于了', compare('>')],
  ['达|满|不下|不下于|起码|达到了', compare('>=')],
  ['跌破|低过|少过|小过|低于了', compare('<')],
  ['恰好|刚好|正好', compare('=')],
  // 2024年新成立的: of a period alone; without one, what is new is another question.
  ['新|新增|新增的', { word: 'unit', ofPeriod: true }, 0.2],
];
