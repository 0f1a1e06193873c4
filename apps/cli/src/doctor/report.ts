import type { Findings } from './examine.ts';
import type { MatmulSpeed } from './matmul-speed.ts';

/** The findings for people, one line a subject; ends with what to repair. */
export function report(findings: Findings): string {
  const { node, processor, engine, model, demoDatabase, adapters, memory, disk } = findings;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  const rows: (readonly [string, string])[] = [
    ['Node', `${node.version} on ${node.platform}`],
    ['Processor', `${processor.name}, ${processor.cores} cores (${processor.flags.join(' ')})`],
    ['Engine', engine === null ? 'none' : describeEngine(engine)],
    ['Kernels', engine?.fusedKernels ? 'compiled for this processor' : 'not compiled (slower)'],
    ...(engine === null ? [] : [['Matrix product', speed(engine.matmul)] as const]),
    ['Base model', model.path === null ? 'missing' : `${model.name} in ${model.path}`],
    ['Demo database', demoDatabase.bytes === null ? 'missing' : demoDatabase.path],
    ['Adapters', adapters.map(({ name }) => name).join(', ') || 'none'],
    ['Memory', `${gigabytes(memory.available)} free of ${gigabytes(memory.total)}`],
    ['Disk', `${gigabytes(disk.free)} free at ${disk.folder}`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    ...rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    ...(engine?.notes ?? []).map((note) => `${'Note'.padEnd(width)}  ${note}`),
    '',
    ...(findings.problems.length === 0
      ? ['Everything is in order.']
      : findings.problems.map(({ problem, repair }) => `✗ ${problem}\n  repair: ${repair}`)),
    '',
  ].join('\n');
}

function describeEngine(engine: NonNullable<Findings['engine']>): string {
  const version = engine.tensorflow === null ? '' : `, TensorFlow ${engine.tensorflow}`;
  const products = `${engine.precision}${engine.bytes ? ', answers in bytes' : ''}`;
  return `${engine.name}${version}, weights in ${engine.storage}, products in ${products}`;
}

function speed({ float32, bfloat16, mixed, bytes }: MatmulSpeed): string {
  const figures = [
    ['float32', float32],
    ['bfloat16', bfloat16],
    ['float32 by bfloat16', mixed],
    ['bytes', bytes],
  ] as const;
  return figures
    .flatMap(([name, value]) => (value === null ? [] : `${name} ${value.toFixed(0)} GFLOP/s`))
    .join(', ');
}
