/** SQLite's functions that a query may call, with how many arguments they take. */

export interface SqlFunction {
  readonly name: string;
  readonly fewest: number;
  readonly most: number;
  /** 'aggregate' may also be used over a window; 'window' must be. */
  readonly kind: 'scalar' | 'aggregate' | 'window';
}

const ANY = 127;

const LISTED: Readonly<Record<SqlFunction['kind'], string>> = {
  scalar: `abs:1 ceil:1 ceiling:1 floor:1 round:1-2 sign:1 sqrt:1 pow:2 power:2 exp:1 ln:1 log:1-2
    log10:1 log2:1 mod:2 coalesce:2- ifnull:2 iif:3 nullif:2 length:1 lower:1 upper:1 trim:1-2
    ltrim:1-2 rtrim:1-2 substr:2-3 substring:2-3 instr:2 replace:3 printf:1- format:1- date:0-
    time:0- datetime:0- julianday:0- strftime:1- unixepoch:0- typeof:1 unicode:1 hex:1 quote:1 random:0`,
  aggregate: 'avg:1 count:1 group_concat:1-2 max:1- min:1- sum:1 total:1',
  window: `row_number:0 rank:0 dense_rank:0 percent_rank:0 cume_dist:0 ntile:1 lag:1-3 lead:1-3
    first_value:1 last_value:1 nth_value:2`,
};

export const FUNCTIONS: ReadonlyMap<string, SqlFunction> = new Map(
  (Object.entries(LISTED) as [SqlFunction['kind'], string][]).flatMap(([kind, text]) =>
    text.split(/\s+/).map((entry): [string, SqlFunction] => {
      const [name = '', arity = ''] = entry.split(':');
      const [fewest = '', most = fewest] = arity.split('-');
      return [name, { name, fewest: Number(fewest), most: most === '' ? ANY : Number(most), kind }];
    }),
  ),
);
