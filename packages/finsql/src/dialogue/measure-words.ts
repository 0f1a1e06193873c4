/** What Chinese counts things by in questions: 有多少家, 哪几笔. Those that begin other words, as 人 does 人民币, are left out. */
export const HAN_UNIT = '[家只个名位支条笔张份户项套件款台辆]';
