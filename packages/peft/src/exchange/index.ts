export {
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportOptions,
  exportAdapter,
} from './export-adapter.ts';
export { type BaseShape, encodeGgufLora, writeGgufLora } from './gguf-lora.ts';
export { type MergeOptions, writeMergedModel } from './merged-model.ts';
export { type AdapterParts, neededRank, vllmProblems, withoutPatterns } from './vllm.ts';
