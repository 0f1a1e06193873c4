/**
 * A header in words: `hours_per_week` → hours per week, `DiabetesPedigreeFunction` → diabetes
 * pedigree function, `Weight (kg)` → Weight in kg. Units are taken from brackets and from endings.
 */
export interface HumanName {
  readonly name: string;
  /** '' where the header names none. */
  readonly unit: string;
}

/** Endings that are units, and how they are said. */
const UNITS: ReadonlyMap<string, string> = new Map([
  ['kg', 'kg'],
  ['g', 'g'],
  ['lb', 'lb'],
  ['lbs', 'lb'],
  ['cm', 'cm'],
  ['mm', 'mm'],
  ['km', 'km'],
  ['m2', 'm²'],
  ['sqm', 'm²'],
  ['sqft', 'square feet'],
  ['ms', 'ms'],
  ['sec', 'seconds'],
  ['secs', 'seconds'],
  ['mins', 'minutes'],
  ['hrs', 'hours'],
  ['usd', 'USD'],
  ['eur', 'EUR'],
  ['gbp', 'GBP'],
  ['cny', 'CNY'],
  ['rmb', 'CNY'],
  ['jpy', 'JPY'],
  ['chf', 'CHF'],
  ['pct', '%'],
  ['percent', '%'],
  ['celsius', '°C'],
  ['kwh', 'kWh'],
]);

export function humanName(header: string): HumanName {
  const bracketed = /^(.*\S)\s*[([（【]\s*([^()（）[\]【】]{1,12})\s*[)\]）】]\s*$/u.exec(header);
  const [text, bracket] = bracketed
    ? [bracketed[1] as string, bracketed[2] as string]
    : [header, ''];
  const words = text
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[\s_.]+/u)
    .filter((word) => word !== '');
  const ending = words.length > 1 ? UNITS.get((words.at(-1) as string).toLowerCase()) : undefined;
  if (bracket === '' && ending) words.pop();
  return { name: words.map(lower).join(' ') || header, unit: bracket || ending || '' };
}

/** Words lose their capital; shortenings such as BMI keep theirs. */
function lower(word: string): string {
  return /^\p{Lu}\p{Ll}+$/u.test(word) ? word.toLowerCase() : word;
}
