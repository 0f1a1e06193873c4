// The work of a job in the tests: `step-program STEPS MILLISECONDS [FAIL_AT]`. Each step is kept
// before the next begins; started again, it goes on after the last one that was kept.
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const [steps, milliseconds, failAt] = process.argv.slice(2).map(Number);
const tell = (record) => process.stderr.write(`${JSON.stringify(record)}\n`);
let stopped = false;
process.on('SIGTERM', () => {
  stopped = true;
});

const text = existsSync('steps.txt') ? readFileSync('steps.txt', 'utf8') : '';
const whole = text.slice(0, text.lastIndexOf('\n') + 1);
if (whole.length < text.length) truncateSync('steps.txt', whole.length);
let step = whole.split('\n').length - 1;
if (step > 0) tell({ type: 'resumed', step });
const file = openSync('steps.txt', 'a');
while (step < steps && !stopped) {
  await sleep(milliseconds);
  if (step === failAt) throw Object.assign(new Error('step that fails'), { code: 'bad-step' });
  step++;
  writeSync(file, `${step}\n`);
  fsyncSync(file);
  tell({ type: 'step', step, totalSteps: steps, loss: 1 / step });
  tell({ type: 'checkpoint', step, folder: process.cwd() });
}
closeSync(file);
if (stopped) process.exitCode = 130;
else process.stdout.write(JSON.stringify({ steps: step }));
