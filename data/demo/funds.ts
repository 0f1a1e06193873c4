/** Fund companies, fund types and funds. Names, and which fund belongs where, are equal for every seed. */
import type { Database } from '@quaestor/finsql/sqlite';
import { hireStaff, type Manager, managementRows, managerRow } from './fund-managers.ts';
import { INDEX_COUNT } from './indices.ts';
import { insert, type Value } from './insert.ts';
import { at, createRandom, type Random, round } from './random.ts';
import { BANK_COUNT, SECTORS } from './reference.ts';

interface FundType {
  readonly id: number;
  readonly name: string;
  readonly nameCn: string;
  readonly risk: string;
  /** Shares of net assets in stocks and bonds in percent; the rest is cash. */
  readonly stocks: number;
  readonly bonds: number;
  readonly fee: number;
  readonly weight: number;
}

// biome-ignore format: a table
const TYPES: readonly FundType[] = [
  { id: 1, name: 'Equity', nameCn: '股票型', risk: 'High', stocks: 90, bonds: 3, fee: 1.2, weight: 30 },
  { id: 2, name: 'Mixed', nameCn: '混合型', risk: 'Medium', stocks: 60, bonds: 30, fee: 1.1, weight: 28 },
  { id: 3, name: 'Bond', nameCn: '债券型', risk: 'Low', stocks: 8, bonds: 86, fee: 0.5, weight: 24 },
  { id: 4, name: 'Money Market', nameCn: '货币型', risk: 'Low', stocks: 0, bonds: 55, fee: 0.25, weight: 14 },
  { id: 5, name: 'Index', nameCn: '指数型', risk: 'High', stocks: 95, bonds: 0, fee: 0.4, weight: 22 },
  { id: 6, name: 'Global', nameCn: '全球型', risk: 'High', stocks: 85, bonds: 5, fee: 1.4, weight: 10 },
  { id: 7, name: 'Pension', nameCn: '养老型', risk: 'Medium', stocks: 40, bonds: 52, fee: 0.8, weight: 12 },
];

// biome-ignore format: a table
const FUND_COMPANIES = [
  ['Amber Bay', '琥珀湾', 'Shanghai'], ['Birch Hill', '白桦岭', 'Beijing'], ['Cloud Harbor', '云港', 'Shenzhen'],
  ['Dawn Light', '晨曦', 'Shanghai'], ['Emerald Field', '翠野', 'Guangzhou'], ['First Crane', '一鹤', 'Beijing'],
  ['Green Valley', '青谷', 'Hangzhou'], ['High Tide', '高潮位', 'Shenzhen'], ['Iron Bridge', '铁桥', 'Wuhan'],
  ['Jasper Lake', '碧湖', 'Nanjing'], ['Kingfisher', '翠鸟', 'Shanghai'], ['Long March Road', '长路', 'Beijing'],
  ['Moon Gate', '月门', 'Hangzhou'], ['North Star', '北辰', 'Beijing'], ['Orchid Garden', '兰园', 'Chengdu'],
  ['Plum Blossom', '梅花', 'Nanjing'], ['Quiet Sea', '静海', 'Shanghai'], ['Red Maple', '红枫', 'Shenzhen'],
] as const;

// biome-ignore format: a table
const THEMES: ReadonlyMap<string, readonly (readonly [string, string])[]> = new Map([
  ['Equity', [['Growth', '成长'], ['Value', '价值'], ['Innovation', '创新'], ['Small Cap', '小盘'], ['Dividend', '红利']]],
  ['Mixed', [['Balanced', '平衡'], ['Flexible', '灵活配置'], ['Opportunity', '机遇'], ['Select', '精选']]],
  ['Bond', [['Pure Bond', '纯债'], ['Income', '收益'], ['Credit', '信用'], ['Short Bond', '短债']]],
  ['Money Market', [['Cash', '现金'], ['Liquidity', '流动性'], ['Daily Money', '日日']]],
  ['Global', [['Global Leaders', '全球龙头'], ['Asia Growth', '亚洲成长']]],
  ['Pension', [['Pension 2035', '养老2035'], ['Pension 2045', '养老2045'], ['Steady Pension', '稳健养老']]],
]);

export interface Fund {
  readonly id: number;
  readonly type: FundType;
  readonly benchmark: number | null;
  readonly inceptionDate: string;
  readonly fee: number;
}

interface FundName {
  readonly english: string;
  readonly chinese: string;
  readonly house: number;
  readonly type: FundType;
  readonly benchmark: number | null;
}

const SECTOR_INDEX_FIRST = 4;

/** One fund for each unused pairing of a house with a theme; index funds follow an index each. */
function nameFunds(): FundName[] {
  const random = createRandom(1, 'fund names');
  return TYPES.flatMap((type) => {
    const pairs = FUND_COMPANIES.flatMap(([house, houseCn], i) => {
      const themes = type.name === 'Index' ? indexThemes() : (THEMES.get(type.name) ?? []);
      return themes.map(([theme, themeCn], t) => ({
        english: `${house} ${theme} Fund`,
        chinese: `${houseCn}${themeCn}基金`,
        house: i + 1,
        type,
        benchmark: benchmarkOf(type, t, random),
      }));
    });
    return random.sample(pairs, type.weight);
  });
}

function indexThemes(): (readonly [string, string])[] {
  const sectors = ['科技', '医药', '金融', '消费', '能源', '工业', '材料'];
  return [
    ['All Share Index', '全指'],
    ['Large Cap 30 Index', '大盘30指数'],
    ['Mid Cap 40 Index', '中盘40指数'],
    ...sectors.map((nameCn, i) => [`${at(SECTORS, i)} Index`, `${nameCn}指数`] as const),
  ];
}

function benchmarkOf(type: FundType, theme: number, random: Random): number | null {
  if (type.name === 'Index') return theme + 1;
  if (type.name === 'Bond' || type.name === 'Money Market') return null;
  return random.chance(0.7)
    ? random.integer(1, 3)
    : random.integer(SECTOR_INDEX_FIRST, INDEX_COUNT);
}

function writeHouses(database: Database, random: Random): void {
  const houses = FUND_COMPANIES.map(([name, nameCn, city], i) => [
    ...[i + 1, `${name} Fund Management`, `${nameCn}基金管理公司`, city],
    random.integer(1998, 2007),
    random.integer(2, 40) * 50,
  ]);
  insert(database, 'fund_company', houses);
  insert(
    database,
    'fund_type',
    TYPES.map(({ id, name, nameCn, risk }) => [id, name, nameCn, risk]),
  );
}

function makeFund(name: FundName, i: number, random: Random): { fund: Fund; row: Value[] } {
  const { type, benchmark } = name;
  const year = random.chance(0.75) ? random.integer(2008, 2018) : random.integer(2019, 2022);
  const month = String(random.integer(1, 12)).padStart(2, '0');
  const inceptionDate = `${year}-${month}-${String(random.integer(1, 28)).padStart(2, '0')}`;
  const fee = round(type.fee * random.logNormal(1, 0.12));
  const fund = { id: i + 1, type, benchmark, inceptionDate, fee };
  const row = [
    ...[fund.id, `F${String(10007 + i * 13)}`, name.english, name.chinese, name.house, type.id],
    ...[random.integer(1, BANK_COUNT), benchmark, inceptionDate, fee],
    round(fee * 0.16 + 0.02),
    random.weighted([
      [1, 30],
      [10, 40],
      [100, 20],
      [1000, 10],
    ] as const),
    random.chance(0.12) ? 'Suspended' : 'Open',
  ];
  return { fund, row };
}

/** Stores fund companies, types, funds and managers, and who managed what. */
export function writeFunds(database: Database, seed: number): Fund[] {
  const random = createRandom(seed, 'funds');
  writeHouses(database, random);
  const names = nameFunds();
  const made = names.map((name, i) => makeFund(name, i, random));
  insert(
    database,
    'fund',
    made.map(({ row }) => row),
  );
  const staffs: Manager[][] = [];
  for (const i of FUND_COMPANIES.keys()) {
    const staff = hireStaff(staffs.flat().length + 1, i + 1, random);
    staffs.push(staff);
    insert(
      database,
      'fund_manager',
      staff.map((one) => managerRow(one, i + 1, random)),
    );
  }
  for (const [i, { fund }] of made.entries()) {
    const staff = at(staffs, at(names, i).house - 1);
    insert(database, 'fund_management', managementRows(fund, staff, random));
  }
  return made.map(({ fund }) => fund);
}
