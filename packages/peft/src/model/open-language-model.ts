import { openModel } from '../io/open-model.ts';
import { type LanguageModel, type LoadOptions, loadLanguageModel } from './language-model.ts';

/**
 * Opens a model's files and moves its weights into the engine.
 * @param path a folder in Hugging Face's form or a GGUF file
 * @throws PeftError as `openModel`
 */
export async function openLanguageModel(
  path: string,
  options: LoadOptions = {},
): Promise<LanguageModel> {
  const files = await openModel(path);
  try {
    return loadLanguageModel(files, options);
  } finally {
    files.close();
  }
}
