/** How good the model of the labels so far is, in full, and where two classes are cut apart. */
import { number } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Empty, ProblemNotice } from '../../parts/notice.tsx';
import { ReportTable } from './report-table.tsx';
import type { Session } from './session.ts';
import { text } from './text.ts';
import { ThresholdForm } from './threshold-form.tsx';

export function Figures({ session }: { readonly session: Session }) {
  const words = useText(text);
  const fit = session.fit.value;
  if (session.fitProblem.value !== null) {
    return <ProblemNotice problem={session.fitProblem.value} onRetry={session.retry} />;
  }
  if (fit === null && session.learning.value) return <p role="status">{words.learning}</p>;
  if (fit === null || fit.report === null) return <Empty title={words.notYet} />;
  return (
    <div class="panel">
      <p class="fine">
        {words.crossed(number(fit.report.rows))}{' '}
        {fit.used < fit.labelled && words.quick(number(fit.used), number(fit.labelled))}
      </p>
      {fit.held.length > 0 && <ThresholdForm session={session} fit={fit} />}
      <ReportTable report={fit.report} classes={fit.classes} />
    </div>
  );
}
