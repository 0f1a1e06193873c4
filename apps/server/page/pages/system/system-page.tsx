import './system.css';
import { useText } from '../../parts/language.ts';
import { text } from './text.ts';

export function SystemPage() {
  const words = useText(text);
  return <h1>{words.title}</h1>;
}
