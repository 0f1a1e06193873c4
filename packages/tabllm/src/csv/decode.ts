/** Bytes → text, piece by piece, with every line end as \n. */
import iconv from 'iconv-lite';
import type { CsvEncoding } from './encoding.ts';

/** Yields no empty texts. Bytes that the encoding does not have come as U+FFFD. */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  encoding: CsvEncoding,
): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding);
  let heldReturn = '';
  const normalise = (text: string, last: boolean): string => {
    let whole = heldReturn + text;
    // Whether a return at the end is half of a line end is seen only in the next piece.
    heldReturn = !last && whole.endsWith('\r') ? '\r' : '';
    if (heldReturn !== '') whole = whole.slice(0, -1);
    return whole.includes('\r') ? whole.replace(/\r\n?/g, '\n') : whole;
  };
  for await (const piece of bytes) {
    const text = normalise(
      decoder.write(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)),
      false,
    );
    if (text !== '') yield text;
  }
  const rest = normalise(decoder.end() ?? '', true);
  if (rest !== '') yield rest;
}
