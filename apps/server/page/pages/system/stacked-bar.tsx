/** Amounts that add up to a whole, as one bar with a legend in words. */
export interface Part {
  readonly name: string;
  readonly amount: number;
  readonly kind: 'accent' | 'gold' | 'pale' | 'none';
}

export interface StackedBarProps {
  readonly parts: readonly Part[];
  readonly format: (amount: number) => string;
}

const WIDTH = 1000;

export function StackedBar({ parts, format }: StackedBarProps) {
  const whole = parts.reduce((sum, { amount }) => sum + amount, 0) || 1;
  let before = 0;
  return (
    <div class="stacked">
      <svg viewBox={`0 0 ${WIDTH} 14`} preserveAspectRatio="none" aria-hidden="true">
        {parts.map(({ name, amount, kind }) => {
          const x = (before / whole) * WIDTH;
          before += amount;
          return (
            <rect
              key={name}
              data-kind={kind}
              x={x}
              y="0"
              width={(amount / whole) * WIDTH}
              height="14"
            />
          );
        })}
      </svg>
      <ul class="legend">
        {parts.map(({ name, amount, kind }) => (
          <li key={name}>
            <span class="swatch" data-kind={kind} aria-hidden="true" />
            {name} <span class="amount">{format(amount)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
