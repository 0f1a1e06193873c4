/** Who runs and who owns the companies, and what they announce. */
import type { Database } from '@quaestor/finsql/sqlite';
import { TRADING_DAYS, YEARS } from './calendar.ts';
import type { Company } from './companies.ts';
import { insert, type Value } from './insert.ts';
import { person } from './names.ts';
import { createRandom, type Random, round } from './random.ts';

const POSITIONS = [
  ['Chairman', 2200, 1960],
  ['Chief Executive Officer', 2600, 1966],
  ['Chief Financial Officer', 1500, 1972],
  ['Board Secretary', 900, 1977],
] as const;

const DEGREES = [
  ['Bachelor', 25],
  ['Master', 40],
  ['Doctorate', 15],
  ['MBA', 20],
] as const;

// biome-ignore format: a table
const INSTITUTIONS = [
  ['Central State Holdings', '中央国有控股', 'State'], ['Eastern Province Capital', '东部省资本', 'State'],
  ['Delta City Investment', '三角洲城市投资', 'State'], ['National Industry Trust', '国家产业信托', 'State'],
  ['Blue Ocean Life', '蓝海人寿', 'Insurance'], ['Cedar Insurance Group', '雪松保险集团', 'Insurance'],
  ['Sunrise Property Insurance', '日升财险', 'Insurance'], ['Teachers Pension Plan', '教师养老金', 'Pension'],
  ['Civil Service Pension Fund', '公务员养老基金', 'Pension'], ['Railway Workers Pension', '铁路职工养老金', 'Pension'],
  ['Fjord Sovereign Fund', '峡湾主权基金', 'Foreign'], ['Maple Leaf Investors', '枫叶投资者', 'Foreign'],
  ['Alpine Asset Partners', '阿尔卑斯资产', 'Foreign'], ['Desert Rose Authority', '沙漠玫瑰投资局', 'Foreign'],
  ['Red Kite Partners', '红鸢资本', 'Private Equity'], ['Stone Arch Capital', '石拱资本', 'Private Equity'],
  ['Bright Lantern Equity', '明灯股权', 'Private Equity'], ['Twin Rivers Growth', '双河成长', 'Private Equity'],
] as const;
const INDIVIDUALS = 14;

// biome-ignore format: a table
const NOTICES = [
  ['Share Buyback', 20, ['plans to buy back shares', 'completes share buyback']],
  ['Acquisition', 14, ['agrees to acquire a supplier', 'acquires a majority stake in a competitor']],
  ['Litigation', 10, ['is sued over a patent', 'settles a contract dispute']],
  ['Contract Win', 30, ['wins a long-term supply contract', 'signs a framework agreement']],
  ['Management Change', 16, ['appoints a new finance chief', 'announces the retirement of a director']],
] as const;

function executiveRow(id: number, company: Company, slot: number, random: Random): Value[] {
  const [position, salary, born] = POSITIONS[slot] ?? POSITIONS[0];
  const { english, chinese, gender } = person('executives', id - 1);
  const size = (company.baseRevenue / 6000) ** 0.5;
  const year = random.integer(2010, 2024);
  const appointed = `${year}-${String(random.integer(1, 12)).padStart(2, '0')}-01`;
  return [
    ...[id, english, chinese, company.id, position],
    gender,
    born + random.integer(-6, 6),
    random.weighted(DEGREES),
    round(salary * (0.5 + 0.5 * size) * random.logNormal(1, 0.3), 1),
    appointed,
  ];
}

/** Five largest owners; stakes shrink with the rank and drift slowly from year to year. */
function* shareholdingRows(company: Company, random: Random): Generator<Value[]> {
  const all = Array.from({ length: INSTITUTIONS.length + INDIVIDUALS }, (_, i) => i + 1);
  // The largest owner of a state-owned company is the state, and of no other.
  const isState = (id: number) => INSTITUTIONS[id - 1]?.[2] === 'State';
  const first = random.pick(all.filter((id) => isState(id) === company.stateOwned));
  let owners = [
    first,
    ...random.sample(
      all.filter((id) => id !== first),
      4,
    ),
  ];
  let stakes = [random.logNormal(24, 0.4), random.logNormal(9, 0.3)];
  stakes = [...stakes, 5, 3, 2].map((stake) => Math.min(55, stake * random.logNormal(1, 0.15)));
  for (const year of YEARS) {
    stakes = stakes.map((stake) => stake * random.logNormal(1, 0.04)).sort((a, b) => b - a);
    if (random.chance(0.4)) {
      const newcomer = random.pick(all.filter((id) => !owners.includes(id)));
      owners = [...owners.slice(0, 4), newcomer];
    }
    for (const [i, owner] of owners.entries()) {
      yield [company.id, year, i + 1, owner, round(stakes[i] ?? 0)];
    }
  }
}

function* announcementRows(companies: readonly Company[], random: Random): Generator<Value[]> {
  let id = 0;
  for (const company of companies) {
    for (const year of YEARS) {
      const report = `${year}-04-${String(random.integer(10, 28))}`;
      if (report >= company.listingDate) {
        const title = `${company.name} publishes its annual report for ${year - 1}`;
        yield [++id, company.id, report, 'Annual Report', title];
      }
      for (let count = random.integer(1, 4); count > 0; count--) {
        const date = random.pick(TRADING_DAYS.filter((day) => day.startsWith(`${year}`)));
        const [category, , endings] = random.weighted(NOTICES.map((item) => [item, item[1]]));
        if (date < company.listingDate) continue;
        yield [++id, company.id, date, category, `${company.name} ${random.pick(endings)}`];
      }
    }
  }
}

/** Stores executives, shareholders, their stakes, and announcements. */
export function writeOwnership(
  database: Database,
  seed: number,
  companies: readonly Company[],
): void {
  const random = createRandom(seed, 'ownership');
  const executives = companies.flatMap((company) =>
    POSITIONS.map((_, slot) =>
      executiveRow((company.id - 1) * POSITIONS.length + slot + 1, company, slot, random),
    ),
  );
  insert(database, 'executive', executives);
  insert(
    database,
    'shareholder',
    INSTITUTIONS.map(([name, nameCn, type], i) => [i + 1, name, nameCn, type]),
  );
  const individuals = Array.from({ length: INDIVIDUALS }, (_, i) => {
    const { english, chinese } = person('shareholders', i);
    return [INSTITUTIONS.length + i + 1, english, chinese, 'Individual'];
  });
  insert(database, 'shareholder', individuals);
  for (const company of companies) {
    insert(database, 'shareholding', shareholdingRows(company, random));
  }
  insert(database, 'announcement', announcementRows(companies, random));
}
