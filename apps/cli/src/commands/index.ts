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
    name: 'describe',
    summary: 'Show or say what the tables and columns of a database mean',
    load: async () => (await import('./describe.ts')).describe,
  },
  {
    name: 'classify',
    summary: 'Label the rows of a CSV file from a few labelled ones, or from none',
    load: async () => (await import('./classify.ts')).classify,
  },
  {
    name: 'augment sql',
    summary: 'Make training questions: from a database, or out of a set that there is',
    load: async () => (await import('./augment-sql.ts')).augmentSql,
  },
  {
    name: 'train sql',
    summary: 'Train an adapter on questions with known SQL',
    load: async () => (await import('./train-sql.ts')).trainSql,
  },
  {
    name: 'train instructions',
    summary: 'Train an adapter on instructions with answers, or prompts with completions',
    load: async () => (await import('./train-instructions.ts')).trainInstructions,
  },
  {
    name: 'train table',
    summary: 'Train an adapter on labelled rows of tables',
    load: async () => (await import('./train-table.ts')).trainTable,
  },
  {
    name: 'train retriever',
    summary: 'Train the model that picks tables and columns for questions',
    load: async () => (await import('./train-retriever.ts')).trainRetriever,
  },
  {
    name: 'eval sql',
    summary: 'Score answers to questions with known SQL: execution accuracy by database',
    load: async () => (await import('./eval-sql.ts')).evalSql,
  },
  {
    name: 'eval predictions',
    summary: 'Score SQL that another system wrote for the questions of a set',
    load: async () => (await import('./eval-predictions.ts')).evalPredictions,
  },
  {
    name: 'eval abstain',
    summary: 'Measure how often questions that the data can’t answer are declined, and others too',
    load: async () => (await import('./eval-abstain.ts')).evalAbstain,
  },
  {
    name: 'eval table',
    summary: 'Compare classifiers of tables from a few labelled rows on: mean AUC by method',
    load: async () => (await import('./eval-table.ts')).evalTable,
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
    name: 'hub pair',
    summary: 'Let a second adapter write what the first is not sure of',
    load: async () => (await import('./hub-pair.ts')).hubPair,
  },
  {
    name: 'hub export',
    summary: 'Write an adapter for HF-PEFT, llama.cpp or vLLM',
    load: async () => (await import('./hub-export.ts')).hubExport,
  },
  {
    name: 'hub merge',
    summary: 'Write the base model with an adapter folded into its weights',
    load: async () => (await import('./hub-merge.ts')).hubMerge,
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
    name: 'hub search',
    summary: 'Weigh adapters for a new task by a few examples of it, without gradients',
    load: async () => (await import('./hub-search.ts')).hubSearch,
  },
  {
    name: 'instructions from-csv',
    summary: 'Turn labelled rows into instruction records, each in several wordings',
    load: async () => (await import('./instructions-from-csv.ts')).instructionsFromCsv,
  },
  {
    name: 'instructions from-questions',
    summary: 'Turn questions with known SQL into instruction records with their schema',
    load: async () => (await import('./instructions-from-questions.ts')).instructionsFromQuestions,
  },
  {
    name: 'instructions expand',
    summary: 'Let a model write more tasks like the given ones, and keep the new and sound',
    load: async () => (await import('./instructions-expand.ts')).instructionsExpand,
  },
  {
    name: 'instructions ask',
    summary: 'Ask the model in context: solved examples in the prompt, nothing trained',
    load: async () => (await import('./instructions-ask.ts')).instructionsAsk,
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
    name: 'bench classify',
    summary: 'Measure how many rows a second get a label, and the memory it takes',
    load: async () => (await import('./bench-classify.ts')).benchClassify,
  },
  {
    name: 'bench drafts',
    summary: 'Time SQL written by drafts, and under the grammar, against token by token',
    load: async () => (await import('./bench-drafts.ts')).benchDrafts,
  },
  {
    name: 'bench retrieval',
    summary: 'Measure how many of the tables and columns needed each retriever finds, and how fast',
    load: async () => (await import('./bench-retrieval.ts')).benchRetrieval,
  },
  {
    name: 'bench transfer',
    summary: 'Ways of answering about a database with few known questions, side by side',
    load: async () => (await import('./bench-transfer.ts')).benchTransfer,
  },
  {
    name: 'bench serve',
    summary: 'Put a real server under load, overload it, train beside it, or kill it at random',
    load: async () => (await import('./bench-serve.ts')).benchServe,
  },
  {
    name: 'bench ablation',
    summary: 'Measure the accuracy of answers with each stage of the pipeline left out in turn',
    load: async () => (await import('./bench-ablation.ts')).benchAblation,
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
  {
    name: 'completion',
    summary: 'Print a script that lets a shell complete commands, flags and names',
    load: async () => (await import('./completion.ts')).completionOf(commands),
  },
];
