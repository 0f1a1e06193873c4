// `fuzz-child TARGET SEED FROM TO`: tries cases and tells of each before it begins, so that whoever
// started it knows which one it died of.
import { seededRandom } from '@quaestor/peft';
import { FUZZ_TARGETS, seedOf } from './targets.ts';

/** Resident memory that no small input may cost. */
const MOST_MEMORY = 1.5e9;

const [name, seed, from, to] = process.argv.slice(2);
const target = FUZZ_TARGETS.find((one) => one.name === name);
if (target === undefined) throw new Error(`There is no target ${name}.`);
const tell = (message: object) => new Promise((sent) => process.send?.(message, sent));
const opened = await target.open();
for (let index = Number(from); index < Number(to); index++) {
  await tell({ begins: index });
  try {
    await opened.tryOne(seededRandom(seedOf(Number(seed), index)));
    const { rss } = process.memoryUsage();
    if (rss > MOST_MEMORY) throw new Error(`${Math.round(rss / 1e6)} MB of memory`);
  } catch (error) {
    await tell({ failed: index, reason: error instanceof Error ? error.stack : String(error) });
  }
}
await opened.close();
await tell({ done: true });
process.exit(0);
