/** Statements that clients write themselves: in processes that no question needs, clients in turn. */
import { createSqlExecutor, type ExecuteOptions, type QueryResult } from '@quaestor/finsql';
import { ClientTurns } from './client-turns.ts';

/** Statements that run at the same time, and those of one client among them. */
const PLACES = 3;
const PLACES_OF_ONE = 2;

export interface ClientStatements {
  /**
   * @param client whose statement it is
   * @throws as `SqlExecutor.execute`; ServerError 'too-busy' when the client has too many waiting
   */
  execute(
    client: string,
    file: string,
    sql: string,
    options?: ExecuteOptions,
  ): Promise<QueryResult>;
  /** Ends the processes; what still runs fails with `aborted`. */
  close(): void;
}

/** @param limits longest time of a statement, and how many of one client may wait */
export function clientStatements(limits: {
  readonly statementSeconds: number;
  readonly maxWaiting: number;
}): ClientStatements {
  const timeoutMs = Math.ceil(limits.statementSeconds * 1000);
  const executor = createSqlExecutor({ workers: PLACES, timeoutMs });
  const turns = new ClientTurns({
    places: PLACES,
    placesOfOne: PLACES_OF_ONE,
    waitingOfOne: limits.maxWaiting,
  });
  return {
    execute: (client, file, sql, options = {}) =>
      turns.run(client, options.signal, () => executor.execute(file, sql, options)),
    close: () => executor.close(),
  };
}
