import './examples.css';
import { useText } from '../../parts/language.ts';
import { text } from './text.ts';

export function ExamplesPage() {
  const words = useText(text);
  return <h1>{words.title}</h1>;
}
