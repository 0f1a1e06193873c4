import type { PageName } from '../routes.ts';

const pagesEn: Readonly<Record<PageName, string>> = {
  ask: 'Ask',
  databases: 'Databases',
  classify: 'Classify',
  models: 'Models',
  train: 'Train',
  examples: 'Examples',
  system: 'System',
  docs: 'API',
  missing: 'Not found',
};
const pagesZh: Readonly<Record<PageName, string>> = {
  ask: '提问',
  databases: '数据库',
  classify: '分类',
  models: '模型',
  train: '训练',
  examples: '示例',
  system: '系统',
  docs: '接口',
  missing: '没有找到',
};

export const text = {
  en: {
    pages: pagesEn,
    navigation: 'Pages',
    skip: 'Skip to the content',
    theme: 'Theme',
    themes: { system: 'System theme', light: 'Light theme', dark: 'Dark theme' },
    language: 'Language',
    foot: 'Everything runs on this machine. Questions, rows and answers are sent nowhere.',
    loading: 'Loading …',
    looking: 'Looking for the model …',
    modelLoading: (step: string, share: string) => `Model is loading: ${step}${share}`,
    modelMeter: 'Loading the model',
    pageFailed: 'This page could not be loaded.',
  },
  zh: {
    pages: pagesZh,
    navigation: '页面',
    skip: '跳到内容',
    theme: '外观',
    themes: { system: '跟随系统', light: '浅色', dark: '深色' },
    language: '语言',
    foot: '一切都在本机运行。问题、数据和回答不会发送到任何地方。',
    loading: '正在加载……',
    looking: '正在查找模型……',
    modelLoading: (step: string, share: string) => `正在加载模型：${step}${share}`,
    modelMeter: '加载模型的进度',
    pageFailed: '无法加载此页面。',
  },
};
