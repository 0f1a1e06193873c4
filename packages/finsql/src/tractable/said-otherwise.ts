/** Names that are said otherwise as a whole: the parts of a person's name, the day of birth. */

/** Each name with what else is said for it. */
const SAID_OTHERWISE = [
  ['birth date', 'birthday', 'date of birth'],
  ['date of birth', 'birthday', 'birth date'],
  ['first name', 'given name', 'forename'],
  ['last name', 'family name', 'surname'],
  ['surname', 'last name', 'family name'],
  ['paid amount', 'payout', 'amount paid out'],
  ['payout amount', 'payout'],
  ['phone', 'contact number'],
  ['phone number', 'contact number'],
  ['mobile', 'mobile phone', 'cell phone'],
  ['postcode', 'zip code', 'postal code'],
  ['zip code', 'postcode', 'postal code'],
  ['zip', 'zip code', 'postcode', 'postal code'],
  ['postal code', 'postcode', 'zip code'],
  ['user name', 'username', 'login'],
  ['headcount', 'number of employees', 'number of staff'],
  ['employees', 'number of employees'],
  ['headquarters', 'head office', 'main office'],
  ['country', 'country of origin', 'home country'],
  ['price', 'priced', 'priced at', 'costing'],
  ['occupation', 'do for a living', 'profession'],
  ['profession', 'do for a living', 'occupation'],
  ['close', 'closing price'],
  ['close usd', 'closing price'],
  ['close price', 'closing price'],
  ['days past due', 'days late', 'days overdue', 'days in arrears'],
  ['late days', 'days late', 'days overdue'],
  ['days late', 'days overdue', 'days past due'],
  ['method', 'way of paying', 'way of payment', 'payment method', 'means of payment'],
  ['payment method', 'way of paying', 'way of payment', 'means of payment'],
  ['pay method', 'way of paying', 'way of payment', 'payment method'],
  ['pays by', 'way of paying', 'way of payment', 'payment method'],
  ['means', 'way of paying', 'way of payment', 'payment method'],
  ['directed by', 'director'],
  ['written by', 'writer', 'author'],
  ['produced by', 'producer'],
  ['taught by', 'teacher'],
  ['managed by', 'manager'],
  ['created by', 'creator'],
  ['published by', 'publisher'],
  ['owned by', 'owner'],
  ['approved by', 'approver'],
  ['reviewed by', 'reviewer'],
] as const;

/** What else is said for a column of one of these names. */
export function saidOtherwise(names: readonly string[]): string[] {
  return SAID_OTHERWISE.filter(([name]) => names.includes(name)).flatMap(([, ...others]) => others);
}
