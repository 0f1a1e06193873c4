import { ServerError } from './errors.ts';

/** What the system and SQLite call a disk, or a share of it, that has no more room. */
const CODES: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);

/**
 * The error for clients when something failed for want of room, whoever has put it in other words since;
 * they name files of the server.
 * @returns ServerError 'disk-full'; undefined for other errors, and those that are in words for clients
 */
export function diskFull(error: unknown): ServerError | undefined {
  if (error instanceof ServerError || !hasNoRoom(error)) return undefined;
  return new ServerError(
    'disk-full',
    {
      en: 'The disk of the server is full, so nothing was kept. Make room on it, then try again.',
      zh: '服务器磁盘空间不足，内容未能保存。请先腾出空间，然后重试。',
    },
    { cause: error },
  );
}

/** Whether something failed for want of room, or because of what did. */
export function hasNoRoom(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && CODES.has(error.code)) || hasNoRoom(error.cause);
}
