import type { RequestHandler } from 'express';
import { ServerError } from '../errors.ts';
import { type Client, clientOf, LOCAL } from './client.ts';
import { KEY_PREFIX, type KeyStore } from './key-store.ts';
import { includes, type Scope } from './scope.ts';

/**
 * Finds out who is asking, by `Authorization: Bearer KEY`. Where no key is needed, a request
 * without one is the local user's; a key of ours counts even there, with no more than its rights,
 * and those of other services, which OpenAI clients insist on sending, are passed over.
 *
 * @param required whether a request without a key is nobody's
 * @returns a handler that fails with ServerError 'unauthorized' for a key that does not count
 */
export function authenticate(keys: KeyStore, required: boolean): RequestHandler {
  return (request, response, next) => {
    const presented = bearer(request.headers.authorization);
    const isOurs = presented?.startsWith(KEY_PREFIX) === true;
    if (presented !== null && (required || isOurs)) {
      const record = keys.find(presented);
      if (record === null) {
        response.set('WWW-Authenticate', 'Bearer realm="quaestor", error="invalid_token"');
        throw new ServerError('unauthorized', 'This key is not known here, or was revoked.');
      }
      const { id, scope, allow, ratePerMinute } = record;
      response.locals.client = { id, scope, allow, ratePerMinute } satisfies Client;
    } else if (!required) {
      response.locals.client = LOCAL;
    }
    next();
  };
}

/** Fails with ServerError 'unauthorized' | 'forbidden' unless the client may do what needs `scope`. */
export function authorize(scope: Scope): RequestHandler {
  return (_request, response, next) => {
    const client = clientOf(response);
    if (client === null) {
      response.set('WWW-Authenticate', 'Bearer realm="quaestor"');
      throw new ServerError(
        'unauthorized',
        'This server needs a key: send Authorization: Bearer KEY. "quaestor keys add NAME" makes one.',
      );
    }
    if (!includes(client.scope, scope)) {
      throw new ServerError(
        'forbidden',
        `This needs a key of scope ${scope}; yours has scope ${client.scope}.`,
      );
    }
    next();
  };
}

function bearer(header: string | undefined): string | null {
  const match = /^Bearer +([^\s]+) *$/i.exec(header ?? '');
  return match?.[1] ?? null;
}
