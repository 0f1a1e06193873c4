/** Saved classifiers: folders of the state, the same that `quaestor classify --model NAME` reads. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { replaceFolder } from '@quaestor/peft';
import { featureColumns } from '@quaestor/tabllm';
import { ServerError } from '../errors.ts';
import {
  CLASSIFIER_FILES,
  type Classifier,
  classifierName,
  type ModelFacts,
  modelFacts,
} from './classifier.ts';

export class ClassifierStore {
  readonly #folder: string;

  constructor(home: string) {
    this.#folder = join(home, 'classifiers');
    mkdirSync(this.#folder, { recursive: true });
  }

  /** By name; folders that hold no model are left out. */
  list(): readonly Classifier[] {
    return readdirSync(this.#folder)
      .filter((name) => classifierName.safeParse(name).success && this.#facts(name) !== undefined)
      .sort()
      .map((name) => this.get(name));
  }

  /** @throws ServerError 'not-found' */
  get(name: string): Classifier {
    const facts = this.facts(name);
    return {
      name,
      kind: facts.kind === 'classifier' ? 'classes' : 'quantity',
      target: facts.target,
      made_at: facts.date,
      labelled: facts.labelled,
      classes: facts.classes.map((label, i) => ({ label, rows: facts.counts[i] ?? 0 })),
      threshold: facts.threshold ?? null,
      features: featureColumns(facts.schema).map(({ column }) => ({
        name: column.name,
        kind: column.kind,
      })),
      asks_language_model: asksLanguage(facts),
      warnings: facts.warnings,
      bytes: CLASSIFIER_FILES.reduce(
        (sum, file) => sum + sizeOf(join(this.#folder, name, file)),
        0,
      ),
    };
  }

  /** @throws ServerError 'not-found' */
  facts(name: string): ModelFacts {
    const facts = classifierName.safeParse(name).success ? this.#facts(name) : undefined;
    if (facts !== undefined) return facts;
    throw new ServerError('not-found', {
      en: `There is no saved classifier ${name.slice(0, 80)}.`,
      zh: `没有名为 ${name.slice(0, 80)} 的已保存模型。`,
    });
  }

  /** The card; empty where there is none. @throws ServerError 'not-found' */
  card(name: string): string {
    this.facts(name);
    const path = join(this.#folder, name, 'README.md');
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  /** Path of one of its files. @throws ServerError 'not-found' */
  file(name: string, file: string): string {
    this.facts(name);
    const path = join(this.#folder, name, file);
    const known: readonly string[] = CLASSIFIER_FILES;
    if (known.includes(file) && existsSync(path)) return path;
    throw new ServerError('not-found', {
      en: `A classifier has the files ${CLASSIFIER_FILES.join(', ')}.`,
      zh: `模型的文件有 ${CLASSIFIER_FILES.join('、')}。`,
    });
  }

  /** Copies it to where a job reads it. @throws ServerError 'not-found' */
  copy(name: string, folder: string): void {
    this.facts(name);
    cpSync(join(this.#folder, name), folder, { recursive: true });
  }

  /**
   * Keeps the model of a folder under a name, whole or not at all.
   * @throws ServerError 'conflict' for a name that is taken, unless it may be replaced
   */
  save(name: string, from: string, replace: boolean): Classifier {
    const folder = join(this.#folder, name);
    if (!replace && existsSync(folder)) {
      throw new ServerError('conflict', {
        en: `There is a classifier ${name} already; choose another name, or replace it.`,
        zh: `已有名为 ${name} 的模型，请换一个名称，或覆盖它。`,
      });
    }
    const files = CLASSIFIER_FILES.filter((file) => existsSync(join(from, file)));
    replaceFolder(folder, new Map(files.map((file) => [file, readFileSync(join(from, file))])));
    return this.get(name);
  }

  /** @throws ServerError 'not-found' */
  remove(name: string): void {
    this.facts(name);
    rmSync(join(this.#folder, name), { recursive: true, force: true });
  }

  #facts(name: string): ModelFacts | undefined {
    const path = join(this.#folder, name, 'model.json');
    if (!existsSync(path)) return undefined;
    try {
      return modelFacts.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch {
      // Of another version, or not ours.
      return undefined;
    }
  }
}

/** Whether predictions need the language model, which reads rows or their text. */
export function asksLanguage({ language, encoding }: ModelFacts): boolean {
  return [language, ...encoding.map(({ meanings }) => meanings)].some(
    (needed) => needed !== null && needed !== undefined,
  );
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
