import './train.css';
import { useState } from 'preact/hooks';
import { useText } from '../../parts/language.ts';
import { PageHead } from '../../parts/panels.tsx';
import type { PageProps } from '../../routes.ts';
import { JobList } from './job-list.tsx';
import { JobView } from './job-view.tsx';
import { text } from './text.ts';
import { TrainForm } from './train-form.tsx';

export function TrainPage({ item }: PageProps) {
  const words = useText(text);
  const [kind, setKind] = useState('');
  if (item !== null) return <JobView key={item} id={item} />;
  return (
    <>
      <PageHead title={words.title} lede={words.lede} />
      <TrainForm />
      <JobList kind={kind} onKind={setKind} />
    </>
  );
}
