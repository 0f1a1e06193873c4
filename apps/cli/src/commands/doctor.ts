import * as z from 'zod';
import { defineCommand, jsonOption } from '../command.ts';

/** `quaestor doctor`: what is installed, how fast it is, and which command repairs what is not. */
export const doctor = defineCommand({
  options: z.object({ json: jsonOption }),
  examples: ['doctor', 'doctor --json'],
  run: async ({ json }, terminal) => {
    const { examine } = await import('../doctor/examine.ts');
    const { report } = await import('../doctor/report.ts');
    const findings = await examine();
    terminal.stdout.write(json ? `${JSON.stringify(findings, null, 2)}\n` : report(findings));
    return findings.problems.length === 0 ? 0 : 1;
  },
});
