export const text = {
  en: { title: 'Databases' },
  zh: { title: '数据库' },
};
