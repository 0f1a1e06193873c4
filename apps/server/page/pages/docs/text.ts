export const text = {
  en: { title: 'HTTP interface' },
  zh: { title: 'HTTP 接口' },
};
