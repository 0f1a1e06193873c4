/** The small dictionary tables: countries, currencies, exchanges, industries, banks. Equal for every seed. */
import type { Database } from '@quaestor/finsql/sqlite';
import { insert } from './insert.ts';

interface Country {
  readonly code: string;
  readonly name: string;
  readonly nameCn: string;
  readonly region: string;
}

export const COUNTRIES: readonly Country[] = [
  { code: 'CN', name: 'China', nameCn: '中国', region: 'Asia' },
  { code: 'US', name: 'United States', nameCn: '美国', region: 'North America' },
  { code: 'JP', name: 'Japan', nameCn: '日本', region: 'Asia' },
  { code: 'DE', name: 'Germany', nameCn: '德国', region: 'Europe' },
  { code: 'GB', name: 'United Kingdom', nameCn: '英国', region: 'Europe' },
  { code: 'IN', name: 'India', nameCn: '印度', region: 'Asia' },
];

const CURRENCIES = [
  ['CNY', 'Chinese Yuan', '人民币'],
  ['USD', 'US Dollar', '美元'],
  ['EUR', 'Euro', '欧元'],
  ['JPY', 'Japanese Yen', '日元'],
  ['GBP', 'British Pound', '英镑'],
  ['HKD', 'Hong Kong Dollar', '港元'],
  ['SGD', 'Singapore Dollar', '新加坡元'],
  ['INR', 'Indian Rupee', '印度卢比'],
] as const;

interface Exchange {
  readonly id: number;
  readonly name: string;
  readonly nameCn: string;
  readonly city: string;
  readonly currency: string;
  readonly tickerPrefix: string;
  /** Share of the listed companies. */
  readonly weight: number;
}

// biome-ignore format: a table
export const EXCHANGES: readonly Exchange[] = [
  { id: 1, name: 'Shanghai Exchange', nameCn: '上海交易所', city: 'Shanghai', currency: 'CNY', tickerPrefix: 'SH', weight: 40 },
  { id: 2, name: 'Shenzhen Exchange', nameCn: '深圳交易所', city: 'Shenzhen', currency: 'CNY', tickerPrefix: 'SZ', weight: 35 },
  { id: 3, name: 'Hong Kong Exchange', nameCn: '香港交易所', city: 'Hong Kong', currency: 'HKD', tickerPrefix: 'HK', weight: 15 },
  { id: 4, name: 'Beijing Exchange', nameCn: '北京交易所', city: 'Beijing', currency: 'CNY', tickerPrefix: 'BJ', weight: 7 },
  { id: 5, name: 'Singapore Exchange', nameCn: '新加坡交易所', city: 'Singapore', currency: 'SGD', tickerPrefix: 'SG', weight: 3 },
];

export interface Industry {
  readonly id: number;
  readonly name: string;
  readonly nameCn: string;
  readonly sector: string;
  /** Last words of a company's name. */
  readonly suffix: readonly [english: string, chinese: string];
  /** Gross profit, and research expense, as shares of revenue. */
  readonly grossMargin: number;
  readonly research: number;
  /** Assets that one unit of yearly revenue needs. */
  readonly assetIntensity: number;
  /** Growth of revenue a year, and volatility of the stock a year. */
  readonly growth: number;
  readonly volatility: number;
}

// biome-ignore format: a table
const INDUSTRY_TABLE = [
  ['Semiconductors', '半导体', 'Technology', 'Semiconductor', '半导体', 0.42, 0.14, 1.4, 0.16, 0.42],
  ['Software', '软件', 'Technology', 'Software', '软件', 0.62, 0.18, 1.1, 0.14, 0.4],
  ['Consumer Electronics', '消费电子', 'Technology', 'Electronics', '电子', 0.27, 0.07, 0.9, 0.08, 0.36],
  ['Pharmaceuticals', '制药', 'Healthcare', 'Pharma', '制药', 0.66, 0.13, 1.2, 0.09, 0.34],
  ['Medical Devices', '医疗器械', 'Healthcare', 'Medical', '医疗', 0.58, 0.1, 1.1, 0.12, 0.36],
  ['Banking', '银行', 'Financials', 'Bank', '银行', 0.6, 0.02, 4, 0.05, 0.22],
  ['Insurance', '保险', 'Financials', 'Insurance', '保险', 0.3, 0.01, 3, 0.06, 0.27],
  ['Securities', '证券', 'Financials', 'Securities', '证券', 0.48, 0.03, 3.2, 0.07, 0.34],
  ['Food and Beverage', '食品饮料', 'Consumer', 'Foods', '食品', 0.45, 0.02, 0.9, 0.08, 0.28],
  ['Retail', '零售', 'Consumer', 'Retail', '零售', 0.24, 0.01, 0.7, 0.05, 0.3],
  ['Household Appliances', '家用电器', 'Consumer', 'Appliances', '电器', 0.31, 0.04, 0.9, 0.06, 0.29],
  ['Automobiles', '汽车', 'Consumer', 'Motors', '汽车', 0.21, 0.06, 1, 0.1, 0.38],
  ['Oil and Gas', '石油天然气', 'Energy', 'Petroleum', '石油', 0.26, 0.01, 1.3, 0.03, 0.28],
  ['Solar Power', '光伏', 'Energy', 'Solar', '光伏', 0.29, 0.05, 1.2, 0.18, 0.46],
  ['Electric Utilities', '电力', 'Energy', 'Power', '电力', 0.28, 0.01, 2.4, 0.05, 0.2],
  ['Machinery', '机械', 'Industrials', 'Machinery', '机械', 0.29, 0.05, 1.1, 0.07, 0.31],
  ['Aerospace', '航空航天', 'Industrials', 'Aerospace', '航天', 0.25, 0.08, 1.5, 0.09, 0.35],
  ['Logistics', '物流', 'Industrials', 'Logistics', '物流', 0.19, 0.01, 0.8, 0.09, 0.3],
  ['Steel', '钢铁', 'Materials', 'Steel', '钢铁', 0.16, 0.02, 1.2, 0.02, 0.32],
  ['Chemicals', '化工', 'Materials', 'Chemicals', '化工', 0.25, 0.04, 1.1, 0.06, 0.33],
  ['Property Development', '房地产开发', 'Real Estate', 'Properties', '地产', 0.26, 0, 2.6, -0.04, 0.36],
  ['Telecommunications', '电信', 'Communication', 'Telecom', '通信', 0.38, 0.05, 1.5, 0.05, 0.24],
] as const;

export const INDUSTRIES: readonly Industry[] = INDUSTRY_TABLE.map(
  ([name, nameCn, sector, suffix, suffixCn, grossMargin, research, assets, growth, risk], i) => ({
    id: i + 1,
    name,
    nameCn,
    sector,
    suffix: [suffix, suffixCn],
    grossMargin,
    research,
    assetIntensity: assets,
    growth,
    volatility: risk,
  }),
);

export const SECTORS: readonly string[] = [...new Set(INDUSTRIES.map(({ sector }) => sector))];

const BANKS = [
  ['Harbor Bank', '海港银行', 'Shanghai'],
  ['Northern Plains Bank', '北原银行', 'Beijing'],
  ['Jade River Bank', '玉江银行', 'Guangzhou'],
  ['Silk Road Bank', '丝路银行', 'Chengdu'],
  ['Golden Gate Bank', '金门关银行', 'Shenzhen'],
  ['Lakeside Bank', '湖畔银行', 'Hangzhou'],
  ['Old Town Bank', '古城银行', 'Nanjing'],
  ['Evergreen Bank', '常青树银行', 'Shanghai'],
] as const;

export const BANK_COUNT = BANKS.length;

export const RATING_AGENCIES: readonly string[] = [
  'Meridian Ratings',
  'Castle Credit',
  'Orient Star',
];

export function writeReference(database: Database): void {
  insert(
    database,
    'country',
    COUNTRIES.map(({ code, name, nameCn, region }) => [code, name, nameCn, region]),
  );
  insert(database, 'currency', CURRENCIES);
  insert(
    database,
    'exchange',
    EXCHANGES.map(({ id, name, nameCn, city, currency }) => [id, name, nameCn, city, currency]),
  );
  insert(
    database,
    'industry',
    INDUSTRIES.map(({ id, name, nameCn, sector }) => [id, name, nameCn, sector]),
  );
  insert(
    database,
    'bank',
    BANKS.map(([name, nameCn, city], i) => [i + 1, name, nameCn, city]),
  );
}
