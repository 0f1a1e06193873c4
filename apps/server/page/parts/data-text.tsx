import { marked } from './direction.ts';

/** A name or value of a database or file beside other text: neither changes the other's direction. */
export function DataText({ children }: { readonly children: string }) {
  return <bdi>{marked(children)}</bdi>;
}
