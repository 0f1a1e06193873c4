import { useEffect, useRef } from 'preact/hooks';
import { percent } from './format.ts';

export interface MeterProps {
  /** What is being done, for screen readers. */
  readonly label: string;
  /** 0 to 1; null when nobody knows yet. */
  readonly share: number | null;
  /** Also shows the share as a number. */
  readonly figure?: boolean;
}

/** How far something is. */
export function Meter({ label, share, figure = false }: MeterProps) {
  return (
    <span class="meter">
      <progress max={1} {...(share === null ? {} : { value: share })} aria-label={label} />
      {figure && share !== null && <span class="meter-figure">{percent(share)}</span>}
    </span>
  );
}

export interface BarProps {
  /** 0 to 1 */
  readonly share: number;
  readonly kind?: 'accent' | 'pale';
}

/** A bar as long as its share; what it says also stands beside it in words. */
export function Bar({ share, kind = 'accent' }: BarProps) {
  const fill = useRef<HTMLSpanElement>(null);
  const width = `${Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10}%`;
  useEffect(() => {
    if (fill.current !== null) fill.current.style.width = width;
  }, [width]);
  return (
    <span class="track" aria-hidden="true">
      <span class="fill" data-kind={kind} ref={fill} />
    </span>
  );
}
