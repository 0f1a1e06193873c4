export const text = {
  en: { title: 'Models' },
  zh: { title: '模型' },
};
