export const text = {
  en: { title: 'System' },
  zh: { title: '系统' },
};
