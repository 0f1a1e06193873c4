export const text = {
  en: { title: 'Classify' },
  zh: { title: '分类' },
};
