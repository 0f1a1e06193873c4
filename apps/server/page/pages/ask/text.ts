export const text = {
  en: { title: 'What do you want to know?' },
  zh: { title: '您想知道什么？' },
};
