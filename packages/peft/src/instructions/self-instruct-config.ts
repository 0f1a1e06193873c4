import * as z from 'zod';

/** What a text model cannot do, and what it likes to write too often (Wang et al. 2022, §2.2 and code). */
const BANNED_WORDS = [
  ...['image', 'images', 'picture', 'pictures', 'graph', 'graphs', 'diagram', 'flowchart', 'map'],
  ...['maps', 'draw', 'plot', 'file', 'files', 'video', 'audio', 'music', 'go to'],
];

/** Growing an instruction set; the defaults are those of the Self-Instruct paper. */
export const selfInstructConfig = z.object({
  target: z.int().positive().default(100).describe('new tasks wanted'),
  seedsPerPrompt: z.int().positive().default(6).describe('given tasks shown in a prompt'),
  generatedPerPrompt: z.int().min(0).default(2).describe('generated tasks shown in a prompt'),
  tasksPerPrompt: z.int().positive().default(8).describe('new tasks that a prompt asks for'),
  promptsPerRound: z.int().positive().default(4).describe('prompts between two saves'),
  rougeL: z
    .number()
    .min(0)
    .max(1)
    .default(0.7)
    .describe('likeness to a known instruction from which a new one is refused'),
  minWords: z.int().min(1).default(4).describe('words that an instruction needs'),
  maxWords: z.int().positive().default(150).describe('words that an instruction may have'),
  bannedWords: z
    .array(z.string().min(1))
    .default(BANNED_WORDS)
    .describe('words and phrases that no instruction may hold'),
  bannedStarts: z
    .array(z.string().min(1))
    .default(['write a program'])
    .describe('words that no instruction may begin with'),
  maxRounds: z.int().positive().default(1000).describe('stop after so many rounds'),
  patience: z.int().positive().default(10).describe('stop after so many rounds without a new task'),
  seed: z.int().default(1),
});

export type SelfInstructConfig = Readonly<z.infer<typeof selfInstructConfig>>;
