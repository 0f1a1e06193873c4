import { useText } from '../parts/language.ts';
import { Link } from '../parts/link.tsx';
import { Empty } from '../parts/notice.tsx';

const text = {
  en: { title: 'There is no such page.', back: 'Ask a question' },
  zh: { title: '没有这个页面。', back: '去提问' },
};

/** What an address shows that leads nowhere. */
export function MissingPage() {
  const words = useText(text);
  return (
    <Empty title={words.title}>
      <Link class="primary" href="/">
        {words.back}
      </Link>
    </Empty>
  );
}
