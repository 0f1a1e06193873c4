/** Lists in pieces: `limit` and `after` in, `{ data, has_more, next }` out. */

import { described } from '@quaestor/peft';
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
      .apply(described, { en: `items of a piece, at most ${most}`, zh: `每页条数，最多 ${most}` }),
    after: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,24}$/, 'is no cursor: take `next` of the piece before')
      .transform((text) => Number(Buffer.from(text, 'base64url').toString()))
      .pipe(z.int('is no cursor: take `next` of the piece before').min(0))
      .optional()
      .apply(described, {
        en: 'cursor: `next` of the piece before',
        zh: '分页位置：上一页的 `next`',
      }),
  });
}

/** A place in a list as clients see it. */
export function cursor(place: number): string {
  return Buffer.from(String(place)).toString('base64url');
}

export const pageFields = {
  has_more: z
    .boolean()
    .apply(described, { en: 'whether there are more after these', zh: '之后是否还有更多' }),
  next: z.string().nullable().apply(described, {
    en: 'cursor of the next piece; null after the last',
    zh: '下一页的分页位置；最后一页为 null',
  }),
};

/** A piece as clients see it. @param next place of the next one; null after the last */
export function piece<Item>(data: readonly Item[], next: number | null) {
  return { data: [...data], has_more: next !== null, next: next === null ? null : cursor(next) };
}
