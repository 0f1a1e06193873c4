import { openModel } from '../io/open-model.ts';
import { type LanguageModel, type LoadOptions, loadLanguageModel } from './language-model.ts';
import { withZeroBiases } from './zero-biases.ts';

/**
 * Opens a model's files and moves its weights into the engine.
 * @param path a folder in Hugging Face's form or a GGUF file
 * @param options.zeroBiases give a model without biases those of Qwen2, all 0: see `withZeroBiases`
 * @throws PeftError as `openModel`
 */
export async function openLanguageModel(
  path: string,
  options: LoadOptions & { readonly zeroBiases?: boolean } = {},
): Promise<LanguageModel> {
  const files = await openModel(path);
  try {
    return loadLanguageModel(options.zeroBiases ? withZeroBiases(files) : files, options);
  } finally {
    files.close();
  }
}
