// A server as far as jobs are concerned, to be killed: `queue-process HOME`. It prints a line when it is up.
import { JobQueue } from '../../apps/server/src/jobs/job-queue.ts';
import { stepKind } from './step-kind.ts';

const queue = new JobQueue({
  home: process.argv[2] as string,
  kinds: [stepKind],
  interval: 10,
  mostStalls: 1000,
});
queue.start();
setInterval(() => {}, 1000);
process.stdout.write('up\n');
