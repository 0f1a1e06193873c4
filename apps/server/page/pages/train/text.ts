export const text = {
  en: { title: 'Train' },
  zh: { title: '训练' },
};
