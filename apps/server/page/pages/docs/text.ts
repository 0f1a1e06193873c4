export const text = {
  en: {
    title: 'HTTP interface',
    loading: 'Loading …',
    schemas: 'Schemas',
    scope: (scope: string) => `Where keys are needed: one of scope ${scope}.`,
    body: (type: string) => `Body, ${type}`,
    parameter: ['parameter', 'in', 'what'],
    response: ['status', 'when', 'what'],
  },
  zh: {
    title: 'HTTP 接口',
    loading: '正在加载……',
    schemas: '数据结构',
    scope: (scope: string) => `需要密钥时：权限为 ${scope} 的密钥。`,
    body: (type: string) => `请求体，${type}`,
    parameter: ['参数', '位置', '说明'],
    response: ['状态', '何时', '内容'],
  },
};
