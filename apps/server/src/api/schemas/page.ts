/** Lists in pieces: `limit` and `after` in, `{ data, has_more, next }` out. */
import * as z from 'zod';

/** Query of a list; `most` and `usual` bound a piece. */
export function pageQuery(usual: number, most: number) {
  return z.strictObject({
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(most)
      .default(usual)
      .describe(`items of a piece, at most ${most}`),
    after: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,24}$/, 'is no cursor: take `next` of the piece before')
      .transform((text) => Number(Buffer.from(text, 'base64url').toString()))
      .pipe(z.int('is no cursor: take `next` of the piece before').min(0))
      .optional()
      .describe('cursor: `next` of the piece before'),
  });
}

/** Cursor of a list whose items have ids: the id of the last item seen. */
export const idCursor = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'is no cursor: take `next` of the piece before')
  .optional()
  .describe('cursor: `next` of the piece before');

/** A place in a list as clients see it. */
export function cursor(place: number): string {
  return Buffer.from(String(place)).toString('base64url');
}

export const pageFields = {
  has_more: z.boolean().describe('whether there are more after these'),
  next: z.string().nullable().describe('cursor of the next piece; null after the last'),
};
