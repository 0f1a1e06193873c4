/** A saved model on another file: checked first, with all that is missing or odd; then its rows labelled. */

import { useEffect, useState } from 'preact/hooks';
import { deleteIt, sendJson, upload } from '../../parts/api.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { isolated, marked } from '../../parts/direction.ts';
import { useText } from '../../parts/language.ts';
import { Meter } from '../../parts/meter.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { DropZone } from './drop-zone.tsx';
import { JobOutcome } from './job-outcome.tsx';
import { JobProgress } from './job-progress.tsx';
import { text } from './text.ts';
import type { Check, Classifier, Job, Upload } from './types.ts';
import { useJob } from './use-job.ts';

export interface ApplyModelProps {
  readonly model: Classifier;
  readonly onClose: () => void;
}

interface Checked {
  readonly upload: Upload;
  readonly check: Check;
}

export function ApplyModel({ model, onClose }: ApplyModelProps) {
  const words = useText(text);
  const [sent, setSent] = useState<number | null>(null);
  const [checked, setChecked] = useState<Checked | null>(null);
  const [id, setId] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const { job, problem: lost } = useJob(id);
  const uploaded = checked?.upload.id;

  // The job has the file under a name of its own.
  useEffect(
    () => () => {
      if (uploaded !== undefined) void deleteIt(`/api/uploads/${uploaded}`).catch(() => {});
    },
    [uploaded],
  );

  const take = async (file: File) => {
    setProblem(null);
    setChecked(null);
    setId(null);
    setSent(0);
    try {
      const path = `/api/uploads?name=${encodeURIComponent(file.name.slice(0, 200))}`;
      const received = await upload<Upload>(path, file, { onProgress: setSent });
      const check = `/api/classifiers/${encodeURIComponent(model.name)}/check`;
      setChecked({
        upload: received,
        check: await sendJson<Check>('POST', check, { upload: received.id }),
      });
    } catch (error) {
      setProblem(error);
    } finally {
      setSent(null);
    }
  };
  const run = async () => {
    setProblem(null);
    try {
      const body = { upload: uploaded, classifier: model.name, explain: true };
      setId((await sendJson<Job>('POST', '/api/classifications', body)).id);
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <Dialog title={words.apply(isolated(model.name))} onClose={onClose}>
      <div class="panel">
        <p class="fine">{words.needs(model.features.map(({ name }) => isolated(name)))}</p>
        <DropZone onFile={(file) => void take(file)} busy={sent !== null}>
          {sent !== null && (
            <span role="status">
              {sent < 1 ? words.sending : words.checking}{' '}
              <Meter label={words.sending} share={sent < 1 ? sent : null} figure />
            </span>
          )}
        </DropZone>
        {problem !== null && <ProblemNotice problem={problem} />}
        {checked !== null && (
          <>
            <strong>{marked(checked.upload.name)}</strong>
            {checked.check.fits ? (
              <p role="status">{words.fits}</p>
            ) : (
              <div class="problem" role="alert">
                <p>{words.doesNotFit}</p>
                <ul>
                  {checked.check.problems.map((one) => (
                    <li key={one}>{marked(one)}</li>
                  ))}
                </ul>
              </div>
            )}
            {checked.check.warnings.length > 0 && (
              <Notice kind="warning">
                {checked.check.warnings.map((one) => (
                  <p key={one}>{marked(one)}</p>
                ))}
              </Notice>
            )}
            {checked.check.fits && id === null && (
              <div class="actions">
                <button class="primary" type="button" onClick={() => void run()}>
                  {words.anyway}
                </button>
              </div>
            )}
          </>
        )}
        {lost !== null && <ProblemNotice problem={lost} />}
        {job !== null && <JobProgress job={job} rows={null} />}
        {job?.state === 'succeeded' && checked !== null && (
          <JobOutcome key={job.id} job={job} name={checked.upload.name.replace(/\.[^.]*$/, '')} />
        )}
      </div>
    </Dialog>
  );
}
