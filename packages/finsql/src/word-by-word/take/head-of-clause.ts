/** What a Chinese question asks for behind all that is said of it. */
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';

/** 2021年有订单的客户: in Chinese, what is asked for stands last where no word asks for it. */
export function isHeadOfClause(state: ParseState): boolean {
  const { asked, said, chinese, phrases } = state;
  const isAsked = phrases.some((one) =>
    isWord(one, 'which', 'who', 'how-many', 'how-much', 'when', 'where'),
  );
  const isPlain = asked.shown.length === 0 && asked.groups.length === 0 && said.calls.length === 0;
  const isOther = asked.thing !== undefined && !isWord(behind(state), 'and');
  return (
    chinese &&
    isOther &&
    ahead(state).length === 0 &&
    isPlain &&
    !isAsked &&
    asked.order === undefined
  );
}

/** The thing itself where it stands right behind a period: 2021年有订单. */
export function datedBefore({ asked: { thing }, phrases }: ParseState): string | undefined {
  const isDated = phrases.some(
    (one, at) => one.kind === 'table' && one.table === thing && phrases[at - 1]?.kind === 'period',
  );
  return isDated ? thing : undefined;
}
