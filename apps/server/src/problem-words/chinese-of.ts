/** What an error of any package says of itself in Chinese; undefined where it says nothing. */
export interface OwnChinese {
  readonly chinese: string | undefined;
  readonly chineseProblems: readonly string[] | undefined;
}

/** Errors of other processes are told by what they carry, not by their class. */
export function chineseOf(error: unknown): OwnChinese {
  const { chinese, chineseProblems } = (error instanceof Error ? error : {}) as Record<
    keyof OwnChinese,
    unknown
  >;
  return {
    chinese: typeof chinese === 'string' ? chinese : undefined,
    chineseProblems: Array.isArray(chineseProblems) ? chineseProblems : undefined,
  };
}
