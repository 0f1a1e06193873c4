/** What the page itself finds wrong, without the server having said so. */
import { language } from './language.ts';

const text = {
  en: {
    unexpected: 'The server did not answer as expected.',
    unreachable: 'The server cannot be reached. Is it still running? Start it with npm start.',
    ended: 'The connection ended before the answer came. Ask again.',
  },
  zh: {
    unexpected: '服务器的回应不符合预期。',
    unreachable: '无法连接服务器。请确认它仍在运行，或用 npm start 启动它。',
    ended: '回答到达之前连接已断开。请再问一次。',
  },
};

/** In the language of the page as it is now. */
export const problemText = () => text[language.value];
