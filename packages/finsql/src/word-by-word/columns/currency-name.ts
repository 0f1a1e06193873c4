/** What columns are called that tell the currency of each row's amounts. */
export const CURRENCY_NAME = /(?:^|_)(?:ccy|curr?|currency)(?:_|$)|currency/i;
