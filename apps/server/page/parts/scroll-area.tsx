import type { ComponentChildren } from 'preact';

export interface ScrollAreaProps {
  /** What is inside, for screen readers. */
  readonly label: string;
  readonly class: string;
  readonly children: ComponentChildren;
}

/** Something that may be larger than its place, and can be scrolled with the keyboard too. */
export function ScrollArea({ label, class: name, children }: ScrollAreaProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it, keyboards could not scroll it
    <section class={name} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
