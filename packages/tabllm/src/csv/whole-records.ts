import { createReadStream } from 'node:fs';

export interface WholeRecords {
  readonly records: number;
  /** Length of the file up to the end of the last of them. */
  readonly bytes: number;
}

export const NOTHING: WholeRecords = { records: 0, bytes: 0 };

/** How far a UTF-8 file that was cut off anywhere holds whole records: line ends outside of quotes. */
export async function wholeRecords(path: string): Promise<WholeRecords> {
  let [records, bytes, position, quoted] = [0, 0, 0, false];
  for await (const piece of createReadStream(path)) {
    for (const byte of piece as Uint8Array) {
      position++;
      if (byte === 0x22) quoted = !quoted;
      if (byte === 0x0a && !quoted) {
        records++;
        bytes = position;
      }
    }
  }
  return { records, bytes };
}
