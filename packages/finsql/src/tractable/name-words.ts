/** The words of names: shortened ones in full, and others that mean the same. */
import { nameWords } from '../retrieval/words.ts';
import { singular } from './units.ts';

/** Words that mean one another in names of business data. */
const SYNONYMS = `
employee staff worker headcount
customer client buyer
salary pay wage compensation earnings
price cost
amount value sum
revenue sales turnover
profit income earnings
company firm business
supplier vendor
invoice bill
product item article
country nation
city town
date day
fee charge
rate percent
quantity volume units
department division
category type kind
employee_count employees workforce
borrower debtor
payment instalment
phone telephone
email mail
birthday birth dob
gender sex
headquarters office
region area
transaction trade
portfolio account
manager boss
hire hired joined
founded established`;

/** What is done, by the noun for it. */
const VERBS = `
payment paid pay pays paying
loan lent lend lends borrowed borrow
purchase purchased bought buy buys
order ordered order
sale sold sell sells selling
invoice invoiced billed invoicing
expense spent spend spends spending
hire hired joined
birth born
foundation founded
listing listed
opening opened
closing closed
start started began
end ended
maturity matured matures mature
origination originated
signup signed up
registration registered
signature signed
signing signed
issuance issued
delivery delivered
shipment shipped
booking booked
donation donated
investment invested
visit visited
departure departed left
arrival arrived
expiry expired expires
expiration expired expires
termination terminated
admission admitted
transfer transferred
withdrawal withdrew withdrawn
deposit deposited
cancellation cancelled canceled
creation created
update updated`;

/** How names are shortened. */
const SHORT = `
nm name|fname first name|lname last name|qty quantity|amt amount|dt date|num number|nbr number|no number|desc description
descr description|addr address|dept department|emp employee|cust customer|acct account|acc account|sal salary|bal balance
pct percent|perc percent|txn transaction|trx transaction|tx transaction|prod product|curr currency|ccy currency|cat category
mgr manager|dob date of birth|tel telephone|int interest|prin principal|pmt payment|inv invoice|ord order|org organization
loc location|lang language|orig origination|dflt default|brw borrower|ph policyholder|pol policy|clm claim|yr year|mo month|mth month
max maximum|min minimum|avg average|rev revenue|exp expense|emps employees|cnt count|sec security|port portfolio|px price
val value|mkt market|cap capitalization|hq headquarters|ind industry|co company|corp corporation|div division|pos position
stat status|typ type|prem premium`;

const OTHERS: ReadonlyMap<string, ReadonlySet<string>> = othersOf(
  SYNONYMS.trim()
    .split('\n')
    .map((line) => line.split(' ')),
);

const IN_FULL: ReadonlyMap<string, readonly string[]> = new Map(
  SHORT.trim()
    .split(/[|\n]/)
    .map((pair) => {
      const [short = '', ...long] = pair.split(' ');
      return [short, long];
    }),
);

const VERBS_OF: ReadonlyMap<string, readonly string[]> = new Map(
  VERBS.trim()
    .split('\n')
    .map((line) => {
      const [noun = '', ...verbs] = line.split(' ');
      return [noun, noun === 'signup' ? ['signed up', 'sign up'] : verbs];
    }),
);

/** How a noun, or the stem of a verb, is said as something done: `trade` → traded; `hire` → hired, joined. */
export function verbForms(word: string): string[] {
  const past = word.endsWith('e') ? `${word}d` : word.endsWith('ed') ? word : `${word}ed`;
  return [...new Set([past, ...(VERBS_OF.get(word) ?? [])])];
}

function othersOf(groups: readonly (readonly string[])[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const group of groups) {
    for (const word of group) {
      const others = found.get(singular(word)) ?? new Set();
      for (const other of group) if (other !== word) others.add(singular(other));
      found.set(singular(word), others);
    }
  }
  return found;
}

/** The words of a name, shortened ones in full: `cust_nm` → customer, name. */
export function wordsOf(name: string): string[] {
  return nameWords(name).flatMap((word) => IN_FULL.get(word) ?? word);
}

/** Names with one word replaced: staff, name → `employee name`, `worker name`. */
export function synonymsOf(own: readonly string[]): string[] {
  return own.flatMap((word, at) =>
    [...(OTHERS.get(singular(word)) ?? [])].map((other) =>
      [...own.slice(0, at), other, ...own.slice(at + 1)].join(' '),
    ),
  );
}
