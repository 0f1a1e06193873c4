import { expect, it } from 'vitest';
import { toCsv, toJson } from './csv.ts';

it('writes CSV that no spreadsheet runs', () => {
  const rows = [
    ['=1+1', 'say "hi"'],
    [-2, null],
    ['@x', '中\n文'],
    ['-9007199254740993', '-1+1'],
  ];
  expect(toCsv(['a', 'b,c'], rows)).toBe(
    '\uFEFFa,"b,c"\r\n\'=1+1,"say ""hi"""\r\n-2,\r\n\'@x,"中\n文"\r\n-9007199254740993,\'-1+1\r\n',
  );
});

it('writes one JSON object a row, whatever the columns are called', () => {
  const json = toJson(['name', 'name', '__proto__'], [['a', 'b', 1]]);
  expect(json).toBe('[\n  {\n    "name": "a",\n    "name_2": "b",\n    "__proto__": 1\n  }\n]\n');
});
