import type { CommandEntry } from '../command.ts';

/** Every command, in the order of the help page. A new one is added here. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'setup',
    summary: 'Build the engine, get the base model, make the demo database; only what is missing',
    load: async () => (await import('./setup.ts')).setup,
  },
  {
    name: 'doctor',
    summary: 'Tell what is installed, how fast it is and what is missing',
    load: async () => (await import('./doctor.ts')).doctor,
  },
  {
    name: 'serve',
    summary: 'Serve the page on this machine and print its address',
    load: async () => (await import('./serve.ts')).serve,
  },
  {
    name: 'mcp',
    summary:
      'Offer databases, questions and labels to an assistant (Model Context Protocol, stdio)',
    load: async () => (await import('./mcp.ts')).mcp,
  },
  {
    name: 'keys add',
    summary: 'Make a key for the HTTP interface, with what it may do and read',
    load: async () => (await import('./keys-add.ts')).keysAdd,
  },
  {
    name: 'keys list',
    summary: 'List the keys of the HTTP interface',
    load: async () => (await import('./keys-list.ts')).keysList,
  },
  {
    name: 'keys revoke',
    summary: 'Take the right from a key at once',
    load: async () => (await import('./keys-revoke.ts')).keysRevoke,
  },
  {
    name: 'ask',
    summary: 'Ask a database a question: SQL, rows and why',
    load: async () => (await import('./ask.ts')).ask,
  },
  {
    name: 'classify',
    summary: 'Label the rows of a CSV file from a few labelled ones, or from none',
    load: async () => (await import('./classify.ts')).classify,
  },
  {
    name: 'train sql',
    summary: 'Train an adapter on questions with known SQL',
    load: async () => (await import('./train-sql.ts')).trainSql,
  },
  {
    name: 'eval sql',
    summary: 'Score answers to questions with known SQL: execution accuracy by database',
    load: async () => (await import('./eval-sql.ts')).evalSql,
  },
  {
    name: 'hub list',
    summary: 'List the adapters on this machine',
    load: async () => (await import('./hub-list.ts')).hubList,
  },
  {
    name: 'hub show',
    summary: 'Show an adapter: base model, recipe, scores',
    load: async () => (await import('./hub-show.ts')).hubShow,
  },
  {
    name: 'hub add',
    summary: 'Copy an adapter folder into the hub after checking it',
    load: async () => (await import('./hub-add.ts')).hubAdd,
  },
  {
    name: 'hub export',
    summary: 'Write an adapter for HF-PEFT, llama.cpp or vLLM',
    load: async () => (await import('./hub-export.ts')).hubExport,
  },
  {
    name: 'hub remove',
    summary: 'Delete an adapter of yours',
    load: async () => (await import('./hub-remove.ts')).hubRemove,
  },
  {
    name: 'hub compose',
    summary: 'Combine adapters of one base model into a new one',
    load: async () => (await import('./hub-compose.ts')).hubCompose,
  },
  {
    name: 'methods',
    summary: 'List the tuning methods: family, parameter count, paper',
    load: async () => (await import('./methods.ts')).methods,
  },
  {
    name: 'plan',
    summary: 'Tell the memory of a training run before it starts',
    load: async () => (await import('./plan.ts')).plan,
  },
  {
    name: 'bench train',
    summary: 'Measure the speed and memory of training',
    load: async () => (await import('./bench-train.ts')).benchTrain,
  },
  {
    name: 'bench generate',
    summary: 'Measure the speed of generation, beside llama.cpp where it is installed',
    load: async () => (await import('./bench-generate.ts')).benchGenerate,
  },
  {
    name: 'bench methods',
    summary: 'Compare every tuning method on the same tasks and budget',
    load: async () => (await import('./bench-methods.ts')).benchMethods,
  },
  {
    name: 'bench method',
    summary: 'Measure one tuning method on one task',
    load: async () => (await import('./bench-method.ts')).benchMethod,
  },
];
