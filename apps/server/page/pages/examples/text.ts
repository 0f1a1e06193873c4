export const text = {
  en: { title: 'Examples' },
  zh: { title: '示例' },
};
