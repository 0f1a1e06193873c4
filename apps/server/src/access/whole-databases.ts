import type { Route } from '../api/route.ts';
import { ServerError } from '../errors.ts';

/**
 * The route for keys that may read everything. Examples, profiles and jobs show what stands in whole
 * databases, adapters which there are, and the system who else is at work, so a key for parts of them is
 * refused.
 */
export function forWholeDatabases(route: Route): Route {
  return {
    ...route,
    errors: [...(route.errors ?? []), 'forbidden'],
    handle: (call) => {
      if (call.client.allow === null) return route.handle(call);
      throw new ServerError(
        'forbidden',
        'This needs a key that may read whole databases; yours may read parts of them.',
      );
    },
  };
}
