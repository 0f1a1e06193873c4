/** A tiny model that reads text and is wide enough for every method as the commands set it up. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRepository } from '../repository.ts';

/** Writes the golden tiny Llama with a tokenizer of its own. */
export function writeCharacterModel(folder: string): void {
  cpSync(inRepository('test/golden/models/tiny-llama'), folder, { recursive: true });
  writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(characterTokenizer()));
}

/** A token for each printable character, as many as the tiny model knows. */
function characterTokenizer(): object {
  const golden = readFileSync(inRepository('test/golden/tokenizer/smollm.json'), 'utf8');
  const { tokenizer } = JSON.parse(golden) as { tokenizer: { model: object } };
  const characters = Array.from({ length: 92 }, (_, i) => String.fromCharCode(33 + i));
  const vocab = ['<pad>', '<|im_end|>', '<|endoftext|>', 'Ġ', 'Ċ', ...characters];
  return {
    ...tokenizer,
    added_tokens: [],
    model: {
      ...tokenizer.model,
      vocab: Object.fromEntries(vocab.map((token, id) => [token, id])),
      merges: [],
    },
  };
}
