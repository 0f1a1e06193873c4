/** Shortened words of names in full: `CUST_NM` → customer, name; `ORIG_AMT` → origination, amount. */

/** How names are shortened. */
const SHORT = `
nm name|fname first name|lname last name|qty quantity|amt amount|dt date|num number|nbr number|no number|desc description
descr description|addr address|dept department|emp employee|cust customer|acct account|acc account|sal salary|bal balance
pct percent|perc percent|txn transaction|trx transaction|tx transaction|prod product|curr currency|ccy currency|cat category
mgr manager|dob date of birth|tel telephone|int interest|prin principal|pmt payment|inv invoice|ord order|org organization
loc location|lang language|orig origination|dflt default|brw borrower|ph policyholder|pol policy|clm claim|yr year|fy fiscal year|mo month|mth month
max maximum|min minimum|avg average|rev revenue|exp expense|emps employees|cnt count|sec security|port portfolio|px price
val value|mkt market|cap capitalization|hq headquarters|ind industry|co company|corp corporation|div division|pos position
stat status|typ type|prem premium|ot overtime|hrs hours|hr hour|req request|cd code|grp group|acq acquisition|disc discount
whs warehouse|freq frequency|lvl level|mem member|mbr member|resv reservation|res reservation|subs subscription|sub subscription
chg charge|cls class|veh vehicle|reg registration|lic license|prov provider|ins insurance|br branch|tot total|pcs pieces|wt weight
ht height|mgmt management|maint maintenance|cr credit|pd paid|dlvr delivery|shp ship|shpmt shipment|sts status|rsn reason|wgt weight|carr carrier|ctry country|ctr country|own owner|gst guest|rm room|bkg booking|chk check
ln loan|brch branch|rpmt repayment|coll collateral|os outstanding|mat maturity|rt rate|seg segment|rgn region|tp type|cpn coupon
iss issuer|issr issuer|rtg rating|jrnl journal|jnl journal|scr score|inc income|liab liability|eq equity|ann annual|fin financial
lim limit|lmt limit|trd trade|cpty counterparty|ctpty counterparty|instr instrument|notl notional|disb disbursement|instl installment
gl ledger|cc cost centre|dlq delinquency|dpd days past due|ctrct contract|cntrct contract|sctr sector|gndr gender|trf transfer|avl available|clnt client|hdr header|mst master|agr agreement|cmdty commodity|dlvry delivery|advnc advance|budg budget|usr user
agcy agency|agy agency|vend vendor|hldg holding|yld yield|sprd spread|outlk outlook|nom nominal|ptnr partner|htl hotel|sect sector|prc price|vsl vessel|voy voyage|dlr dealer|settl settlement|cert certificate|undl underlying
cntr contract|posn position|trdr trader|valn valuation|lse lease|rsv reserve|recov recovery|benef beneficiary
appl application|amdmt amendment|amdt amendment|proj project|fnd fund|bnk bank|prt port|shpr shipper|lndr lender|mrgn margin|outst outstanding
subc subcontractor|perf performance|bench benchmark|terml terminal|mrch merchant|stlmnt settlement|cbk chargeback|chgbk chargeback|deprn depreciation|guar guarantee|cntrb contribution`;

/** Behind another word, as the last of a name. */
const AT_END = 'st status|fl flag|flg flag|yn flag';

/** Before the word for day: an `exp_dt` is no day of an expense. */
const OF_DAY =
  'exp expiry|iss issue|rev review|val value|sett settlement|settl settlement|term termination';

/** What else some stand for. */
const ALSO = `
div dividend|sec secured|coll collection|cc credit card|st state|inc incorporation|orig original|orig granted|rpmt installment
rpmt payment|exp expiry|cap capital|pd past due|res residence|rev review|curr current|ann yearly|iss issue|cls close|prov provision
os balance|ind flag|lim line|emp employment|lc letter of credit|appl applicant|adj adjuster|pr price`;

const IN_FULL = wordsBy(SHORT);
const LAST = wordsBy(AT_END);
const BEFORE_DAY = wordsBy(OF_DAY);
const OTHERS = pairsOf(ALSO);

/** The words with those that are shortened in full. */
export function inFull(words: readonly string[]): string[] {
  return words.flatMap((word, at) => longOf(words, at) ?? word);
}

/** The words where one of those that are shortened stands for something else. */
export function otherwiseInFull(words: readonly string[]): string[][] {
  return words.flatMap((word, at) =>
    OTHERS.filter(([short]) => short === word).map(([, ...long]) =>
      words.flatMap((one, index) => (index === at ? long : (longOf(words, index) ?? one))),
    ),
  );
}

function longOf(words: readonly string[], at: number): readonly string[] | undefined {
  const word = words[at] ?? '';
  const isLast = at > 0 && at === words.length - 1;
  const isOfDay = /^(?:dt|date|day|on|ym)$/.test(words[at + 1] ?? '');
  return (
    (isLast ? LAST.get(word) : undefined) ??
    (isOfDay ? BEFORE_DAY.get(word) : undefined) ??
    IN_FULL.get(word)
  );
}

function wordsBy(pairs: string): ReadonlyMap<string, readonly string[]> {
  return new Map(pairsOf(pairs).map(([short = '', ...long]) => [short, long]));
}

function pairsOf(pairs: string): string[][] {
  return pairs
    .trim()
    .split(/[|\n]/)
    .map((pair) => pair.split(' '));
}
