/** Numbers, sizes, times and dates as people write them in the language of the page. */
import { language } from './language.ts';

const locale = () => (language.value === 'zh' ? 'zh-CN' : 'en-GB');

/** With thousands separators; at most `decimals` places. */
export function number(value: number, decimals = 0): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: decimals }).format(value);
}

/** Short, for axes: `1.2K`, `3.4M`; 万 and 亿 in Chinese. */
export function compact(value: number): string {
  return new Intl.NumberFormat(language.value === 'zh' ? 'zh-CN' : 'en', {
    notation: 'compact',
    maximumSignificantDigits: 3,
  }).format(value);
}

/** A share from 0 to 1 as per cent. */
export function percent(share: number, decimals = 0): string {
  return `${number(share * 100, decimals)} %`;
}

/** A score that always shows the same number of places. */
export function fixed(value: number, decimals = 2): string {
  return new Intl.NumberFormat(locale(), {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value);
}

/** `1 row`, `2 rows`; Chinese has one form, so both may be the same there. */
export function counted(value: number, one: string, many: string): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Bytes in powers of 1000: `1.2 MB`. */
export function bytes(value: number): string {
  const power = BYTE_UNITS.findIndex((_, at) => Math.round(value / 1000 ** at) < 1000);
  const unit = power < 0 ? BYTE_UNITS.length - 1 : power;
  const amount = value / 1000 ** unit;
  return `${number(amount, unit === 0 || amount >= 100 ? 0 : 1)} ${BYTE_UNITS[unit]}`;
}

/** Milliseconds as `<1 ms`, `340 ms`, `2.4 s`, `3 min 5 s`, `1 h 12 min`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1) return '<1 ms';
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Date and time of day of an ISO time. */
export function dateTime(iso: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(iso),
  );
}

/** `5 minutes ago`, in the language of the page. */
export function ago(iso: string, now = Date.now()): string {
  const seconds = (new Date(iso).getTime() - now) / 1000;
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  const size = Math.abs(seconds);
  if (size < 59.5) return relative.format(Math.round(seconds), 'second');
  if (size < 3570) return relative.format(Math.round(seconds / 60), 'minute');
  if (size < 84_600) return relative.format(Math.round(seconds / 3600), 'hour');
  return relative.format(Math.round(seconds / 86_400), 'day');
}
