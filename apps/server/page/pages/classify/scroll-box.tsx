import type { ComponentChildren } from 'preact';

export interface ScrollBoxProps {
  readonly label: string;
  /** As wide as its content needs. */
  readonly fitted?: boolean;
  readonly children: ComponentChildren;
}

/** Room for a wide table, which the keyboard can scroll. */
export function ScrollBox({ label, fitted = false, children }: ScrollBoxProps) {
  return (
    <section
      class={fitted ? 'table-scroll figures-scroll' : 'table-scroll'}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
      tabIndex={0}
    >
      {children}
    </section>
  );
}
