import { closeSync, existsSync, openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createLog, lasting } from './request-log.ts';

const FULL = '/dev/full';

describe.runIf(existsSync(FULL))('a log on a full disk', () => {
  it('is gone on without', () => {
    const descriptor = openSync(FULL, 'w');
    const log = createLog('info', lasting(descriptor));
    for (let i = 0; i < 3; i++) expect(() => log.info({ i })).not.toThrow();
    closeSync(descriptor);
  });
});
