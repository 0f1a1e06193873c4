/** What those do who are called by it: a manager manages and runs. */

/** Who does it, and how that is said. */
const VERBS: ReadonlyMap<string, string> = new Map([
  ['manager', 'manages|managed|runs|ran|heads|is in charge of|in charge of|looks after'],
  ['director', 'directs|directed'],
  ['owner', 'owns|owned'],
  ['author', 'wrote|writes|authored'],
  ['writer', 'wrote|writes'],
  ['teacher', 'teaches|taught'],
  ['instructor', 'teaches|taught|instructs'],
  ['coach', 'coaches|coached|trains|trained'],
  ['leader', 'leads|led|heads'],
  ['supervisor', 'supervises|supervised'],
  ['advisor', 'advises|advised'],
  ['founder', 'founded|started'],
  ['singer', 'sings|sang'],
  ['producer', 'produces|produced|makes'],
  ['publisher', 'publishes|published'],
  ['designer', 'designs|designed'],
  ['driver', 'drives|drove'],
  ['organizer', 'organizes|organized'],
  ['sponsor', 'sponsors|sponsored'],
  ['buyer', 'bought'],
  ['handler', 'handles|handled'],
  ['officer', 'is in charge of|in charge of'],
]);

/** The verbs for what one who is called so does. */
export function verbsOfAgent(agent: string): string[] {
  return VERBS.get(agent)?.split('|') ?? [];
}
