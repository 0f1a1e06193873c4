/** The words of English questions that stand for no data: what each says. */
import { ENGLISH_ASIDES } from './english-asides.ts';
import { ENGLISH_DIMENSIONS } from './english-dimensions.ts';
import { ENGLISH_MEANS } from './english-means.ts';
import { ENGLISH_ORDERS } from './english-orders.ts';
import { ENGLISH_STEPS } from './english-steps.ts';
import { WHOLE_ROWS } from './english-whole-rows.ts';
import { compare, extreme, type Vocabulary } from './word.ts';

export const ENGLISH: Vocabulary = [
  ['how many|what number of|in how many|for how many', { word: 'how-many' }],
  ['how often|how many times', { word: 'how-many', times: true }],
  ['how much|how much money|by how much', { word: 'how-much' }],
  ['how much cash', { word: 'how-much' }, 0.5],
  [
    'how many dollars|how many euros|how many pounds|how many rupees',
    { word: 'how-much', unit: 1 },
  ],
  [
    `what are they worth|what were they worth|what they are worth|what is it worth|what do they add up to|what they add up to|
     what do they come to|what they come to|what did they come to|what do they amount to|what they amount to|worth how much|for what sum|for what total|for what amount|for how much`,
    { word: 'how-much' },
  ],
  ['money', { word: 'measure', call: 'sum', money: true }, 0.5],
  ['which', { word: 'which', one: true }],
  ['what', { word: 'which' }],
  ['what is|what s|what was', { word: 'which', sole: true }],
  ['whose|that', { word: 'noise' }],
  [
    'list|show|give|find|display|name the|name all|tell|get|return|i need|i want|let me see|show me|give me|list me|tell me|show us|give us|tell us|pull|identify|i would like|i d like|i want to see|i want to know|i d like to know|i would like to know|we need to know|i need to know|we want to know|can you list|compare|check|select|report the|report all|report each|find out|list out|list all|provide|provide me with',
    { word: 'list' },
  ],
  ...WHOLE_ROWS,
  ['who|whom', { word: 'who' }],
  [
    'and whose is it|and whose is that|and whose was it|and whose it is|and who is it|and who has it|and whose it was|and which one is it|and which one|and who had it|and who is that',
    { word: 'of-whom' },
  ],
  ['when|on which date|on what date|what day|which day|on which day|on what day', { word: 'when' }],
  ['where|in which place', { word: 'where' }],
  [
    'number of|count of|the number of|count|headcount of|amount of different|count the number of|number of times|the number of times|count the total number of|count of the number of|count how many',
    { word: 'measure', call: 'count' },
  ],
  ['total number of|the total number of', { word: 'measure', call: 'count', total: true }],
  [
    'altogether|in total|all together|all in all|taken together|come to|came to|amount to|amounted to|add up to|added up to',
    { word: 'measure', call: 'sum', adverb: true },
  ],
  [
    'total|sum of|total of|sum|combined|overall|summed|aggregate|firmwide|firm wide|company wide|companywide|group wide|groupwide|across the firm|across the whole firm|across the company|across the whole company|across the group',
    { word: 'measure', call: 'sum' },
  ],
  [
    'average|mean|avg|on average|average of|typical|an average of',
    { word: 'measure', call: 'avg' },
  ],
  ['frequency', { word: 'measure', call: 'count' }, 0.5],
  ['amount', { word: 'measure', call: 'count', ofMost: true }, 1],
  ['maximum|max|maximal', { word: 'measure', call: 'max' }],
  ['minimum|min|minimal', { word: 'measure', call: 'min' }],
  [
    'percentage of|percent of|what part of|which part of|what fraction of|what proportion of|the proportion of|proportion of|what percentage of|what percent of|what % of|% of',
    { word: 'share' },
  ],
  ['percentage|what percentage|what percent', { word: 'share' }, 0.5],
  ['share|what share', { word: 'share' }, 0.5],
  [
    'in percent|in %|as a percentage|in percentage terms|, percent|, in percent|, %|, in %',
    { word: 'in-percent' },
  ],
  [
    'change|change in|change of|changed|growth|growth in|growth of|grow|grew|grown|increase|increase in|increased|rise|rose|rise in|go up|went up|difference in',
    { word: 'change' },
  ],
  [
    'growth in percent|change in percent|increase in percent|percentage change|percentage change in|percent change|percent change in|percentage growth|percentage growth in|percentage growth of|growth rate of|% change in|percentage increase in|percentage increase|by what percentage|by how many percent|by what percent',
    { word: 'change', inPercent: true },
  ],
  ['more|higher', { word: 'more-then', sign: '>' }],
  ['less|lower|fewer', { word: 'more-then', sign: '<' }],
  ['than', { word: 'than' }],
  [
    'different|distinct|unique|various|each once|once each|each only once|each listed once|each one once|without duplicates|no duplicates|no repeats|without repeats',
    { word: 'distinct' },
  ],
  [
    'each|per|every|for each|in each|of each|by each|for every|each of|for different|for the different|for all the different|across different',
    { word: 'each' },
  ],
  ['broken down by|grouped by|split by|breakdown by|group by', { word: 'each' }],
  ['by|according to|measured by|in terms of|based on|ranked by', { word: 'by' }],
  ...ENGLISH_ORDERS,
  [
    'more than|over|above|greater than|higher than|larger than|exceeding|exceed|exceeded|bigger than|in excess of|beyond|>|upwards of',
    compare('>'),
  ],
  ['older than|aged over', { ...compare('>'), age: true }],
  ['younger than|aged under', { ...compare('<'), age: true }],
  [
    'at least|greater than or equal to|more than or equal to|higher than or equal to|larger than or equal to|equal to or greater than|equal to or more than|no less than|not less than|no fewer than|minimum of|>=|not below',
    compare('>='),
  ],
  ['less than|under|below|lower than|smaller than|fewer than|<', compare('<')],
  [
    'at most|less than or equal to|smaller than or equal to|lower than or equal to|equal to or less than|no more than|not more than|up to|maximum of|<=|not above|not over|not exceeding',
    compare('<='),
  ],
  ['within', compare('<=')],
  ['over all|over all the|over all of the|over all our', { word: 'preposition', ofAll: true }],
  ['over', { word: 'preposition', ofStated: 'period' }, 0.25],
  ['under', { word: 'preposition', ofStated: 'value' }, 0.25],
  ['exactly|equal to|=|equals', compare('=')],
  [
    'or more|or later|or after|or older|or newer|or longer|or larger|or bigger|or higher|or above|or greater|and above|or over|and more|and up|or up|and over|and upwards|onwards',
    { word: 'or-more' },
  ],
  [
    'or less|or earlier|or before|or younger|or shorter|or smaller|or lower|or below|or fewer|and below|or under',
    { word: 'or-less' },
  ],
  ['negative|below zero', { word: 'signed', sign: '<' }],
  ['positive|above zero', { word: 'signed', sign: '>' }],
  ['between|ranging from', { word: 'between' }],
  ['and|as well as|plus|,|then by|and then by|and finally by|and lastly by', { word: 'and' }],
  [
    'side by side|in two columns|in separate columns|one column each|each in a column|in two figures|in two sums|both figures in one row|two figures in one row|as two figures|in two separate figures',
    { word: 'apart' },
    0.5,
  ],
  ['or|or in|or on|or at|or with', { word: 'or' }],
  ['nor|nor in|nor is|nor are', { word: 'or', not: true }],
  [
    'or more than|or greater than|or higher than|or larger than|or bigger than|or longer than',
    { word: 'or', sign: '>' },
  ],
  [
    'or less than|or fewer than|or lower than|or smaller than|or shorter than',
    { word: 'or', sign: '<' },
  ],
  ['or at least', { word: 'or', sign: '>=' }],
  ['or at most', { word: 'or', sign: '<=' }],
  ['both|both of|both the', { word: 'both' }],
  ['shared by|shared by both|common to|common to both', { word: 'both', shared: true }],
  ['although|though|even though|but|but also|but who|but that|but which', { word: 'but' }],
  ['none', { word: 'without' }],
  ['nothing|nothing at all|not a penny|not a cent', { word: 'without' }],
  [
    'no longer|not any more|not any longer|still to be|yet to be|has yet to be|have yet to be|still has to be|still have to be|remains to be|still needs to be',
    { word: 'not' },
  ],
  [
    "not|neither|leave out|leave aside|leave off|leaving off|ignore|skip|skipping|exclude|please exclude|omit|omitting|disregard|do not count|don't count|do not include|don't include|leaving out|leaving aside|not counting|not including|without counting|ignoring|disregarding|excluding|except|other than|except for|apart from|not in|outside",
    { word: 'not' },
  ],
  [
    `without|without any|with no|has no figure for|have no figure for|without a figure for|has no value for|have no value for|no entry for|have no|has no|had no|do not have|does not have|did not have|do not have any|does not have any|
     did not have any|do not have a single|never|have never|has never|never had|have never had|has never had|no|not any|don't have|
     doesn't have|didn't have|don't have any|doesn't have any|didn't have any|don't have a single|do not|does not|did not|don't|
     still waiting for a first|waiting for a first|still waiting for their first|waiting for their first|still waiting for its first|yet to get a|yet to have a|yet to place an|yet to make a|yet to receive a|
     nobody|no one|nobody ever|nobody has ever|has nobody ever|has no one ever|no one ever|no one has ever|doesn't|didn't|haven't|hasn't|have not|has not|no single|not a single|are not|is not`,
    { word: 'without' },
  ],
  ['sort|rank|sorted|arranged', { word: 'sort' }],
  [
    'per year|by year|each year|yearly|annually|every year|per annum|year by year|for each year|in each year',
    { word: 'each-period', grain: 'year' },
  ],
  ['the year with|the year that had', { word: 'which-period', grain: 'year' }],
  ['the quarter with|the quarter that had', { word: 'which-period', grain: 'quarter' }],
  ['the month with|the month that had', { word: 'which-period', grain: 'month' }],
  ['the day with|the date with|the day that had', { word: 'when' }],
  ['daily|day by day', { word: 'each-period', grain: 'day' }],
  ['quarterly|quarter by quarter', { word: 'each-period', grain: 'quarter' }],
  ['month', { word: 'period', grain: 'month' }, 0.5],
  ['quarter', { word: 'period', grain: 'quarter' }, 0.5],
  ['year', { word: 'period', grain: 'year' }, 0.5],
  ...ENGLISH_STEPS,
  ['compared to|compared with|versus|vs|relative to|against', { word: 'versus' }],
  [
    'others|rest|all others|all the others|everyone else|everybody else|everything else|the other ones',
    { word: 'the-others' },
  ],
  ['how did|how does|how do|how has|how have', { word: 'how' }],
  [
    "we do not know|we don't know|is unknown|are unknown|is not known|are not known|is not recorded|has not been recorded|nobody knows|is missing|figure missing|value missing|missing",
    { word: 'unknown' },
  ],
  [
    'as yyyy mm|months as yyyy mm|in the format yyyy mm|in yyyy mm format|formatted as yyyy mm',
    { word: 'full-months' },
  ],
  [
    'per month|by month|each month|monthly|every month|month by month|for each month|in each month',
    { word: 'each-period', grain: 'month' },
  ],
  ['highest|largest|biggest|greatest|maximum|strongest|richest|wealthiest', extreme(true)],
  [
    'largest single|biggest single|highest single|single largest|single biggest|single highest',
    { ...extreme(true), single: true },
  ],
  ['most|the most', extreme(true, 'count')],
  ['most money|the most money', { ...extreme(true, 'count'), money: true }],
  ['least money|the least money', { ...extreme(false, 'count'), money: true }],
  [
    'most common|most frequent|commonest|most commonly|most frequently|most common type of|most frequent type of|most widely used|most commonly used|most frequently used|most often used|most often|most times|most popular',
    extreme(true, 'rows'),
  ],
  [
    'least common|least frequent|rarest|least commonly|least often|least frequently|least popular',
    extreme(false, 'rows'),
  ],
  ['lowest|smallest|minimum', extreme(false)],
  ...ENGLISH_DIMENSIONS,
  ['fewest|the fewest|least|the least', extreme(false, 'count')],
  ['most recent|latest|newest|most recently|last', extreme(true, 'day')],
  ['earliest|first', extreme(false, 'day')],
  ['oldest|eldest', extreme(true, 'age')],
  ['youngest', extreme(false, 'age')],
  ['most expensive|priciest|dearest|costliest|cost the most', extreme(true, 'price')],
  ['cheapest|least expensive|cost the least', extreme(false, 'price')],
  ['best paid|highest paid|top paid', { word: 'top', descending: true, paid: true }, 1],
  ['top|best', { word: 'top', descending: true }],
  ['bottom|worst', { word: 'top', descending: false }],
  ...ENGLISH_MEANS,
  ['their own|its own|his own|her own|the same|own|same', { word: 'own' }],
  [
    'report to|report directly to|reporting to|directly report to|work under|supervised by',
    { word: 'reports-to' },
  ],
  ['before|prior to|earlier than', { word: 'before' }],
  ['after|later than', { word: 'after' }],
  [
    'since|from|in or after|in or since|since the start of|since the beginning of|from the start of',
    { word: 'since' },
  ],
  ['until|till|through', { word: 'until' }],
  [
    'at the end of|at end of|as at end of|as of end of|end of|as of the end of|by the end of|as at the end of|as of|by end of|year-end|at year end|at end|as at end|at the close of|at the year end|at the end of the year',
    { word: 'end-of' },
  ],
  ['end', { word: 'end-of' }, 0.5],
  [
    'named|called|titled|entitled|with the name|with name|by the name of|with the title|whose name is|known as',
    { word: 'named' },
  ],
  [
    'used by|held by|owned by|offered by|provided by|made by|taken by|received by|given by|kept by|played by|spoken by|placed by|issued by|managed by|written by|produced by|published by|created by|released by|sold by|bought by|signed by|run by|opened by|paid by|employed by|directed by|taught by|reviewed by|designed by|hosted by|attended by|composed by|rented by|visited by|led by|supervised by|built by|founded by|affected by|followed by|supported by|recorded by|painted by|driven by|sung by|conducted by|developed by|represented by|operated by|flown by|drawn by|authored by|treated by|prescribed by|advised by|ridden by|handled by|looked after by|processed by|sponsored by|booked by|reserved by|required by|steered by|caused by|won by|scored by|performed by|delivered by|shipped by|approved by|requested by',
    { word: 'preposition', by: true },
  ],
  [
    'with that number|with how many|with how many of them|and the count|and how many|and in how many|and on how many|and for how many|and at how many|with that count|with counts|with the counts|with their number|and their number|with that figure|and that number|and the number|with the amounts|with their amounts|with the totals|and their totals|give the totals too|with the figures|with their figures|with the sums|with the dollar amounts|with the euro amounts|with dollar amounts|with euro amounts|with the euros|with the dollars|with the pounds|and how much it is|and how much is it|and what is it|and what are they|and what was it|and what is that|and how much was it|how many each|how many each has|how many each have|how many each of them has|how many each one has|how many they each have|how many does each have|and how many each|and how many each has|with how many each|with the head count|with the headcount',
    { word: 'with-figure' },
  ],
  [
    'spent|spend|charged|charge|invested|invest|billed|lent|raised|raise|spending',
    { word: 'money' },
  ],
  ['owe|owed|still owe|still owed|owe us|still owe us', { word: 'money', owed: true }, 0.5],
  ['spend|spending|expenditure', { word: 'measure', call: 'sum', money: true, noun: true }, 0.5],
  ['earned|earn|earning', { word: 'money', earned: true }],
  [
    'paid|pay|paid out|pay out|collected|collect|received|take in|took in|came in|come in',
    { word: 'money', paid: true },
  ],
  ['given|contributed|bring in|brought in', { word: 'money' }, 0.5],
  ['gave', { word: 'money', active: true }, 0.5],
  ['currently|now|still|at the moment|right now|at present|today|current', { word: 'now' }],
  [
    'next to their|next to its|with their|with its|along with their|together with their|and their|and its|plus their',
    { word: 'with-own' },
  ],
  ['next to|with|along with|together with|including|showing', { word: 'with' }],
  [
    'of|in|for|on|at|having|during|within|among|belonging to|belong to|to|into|as of|located in|based in|domiciled in|resident in|residing in|headquartered in|live in|living in|come from|across|under the|inside|because of|due to|owing to|via|through|counting only|considering only|taking only|restricted to|limited to',
    { word: 'preposition' },
  ],
  [
    'is|are|was|were|be|been|do|does|did|have|has|had|get|got|come|came|went|gone|that are',
    { word: 'copula' },
  ],
  ...ENGLISH_ASIDES,
  [
    'US dollar|dollar|usd|eur|euro|cny|yuan|rmb|gbp|pound|rupee|franc|yen|shilling|zloty|peso',
    { word: 'unit', money: true },
  ],
  [
    `whole currency units|full currency units|currency units|whole currency|full currency|in whole currency units|in full currency units|
     in currency units|in whole currency|in full currency|in whole units`,
    { word: 'unit', money: true },
  ],
  [
    'rather than cents|rather than pence|rather than thousands|instead of cents|instead of pence|instead of thousands',
    { word: 'noise' },
  ],
  ...(['thousand', 'million', 'billion'] as const).map(
    (name, at) =>
      [
        [
          '',
          ' of dollars',
          ' of euros',
          ' usd',
          ' eur',
          ' of pounds',
          ' of francs',
          ' of rupees',
          ' of shillings',
          ' pounds',
          ' dollars',
          ' euros',
          ' of usd',
          ' of eur',
        ]
          .map((unit) => `in ${name}s${unit}`)
          .join('|'),
        { word: 'in-size', size: 1000 ** (at + 1) },
      ] as const,
  ),
  ['in cents|in pence|in pennies', { word: 'in-size', size: 0.01 }],
  [
    "aside|are left out|can be left out|to be left out|left off|don't count|do not count|does not count|doesn't count|do not matter|don't matter|are excluded|is excluded|left out|excluded|left aside|put aside|set aside|not counted|not included|omitted|ignored|taken out|disregarded",
    { word: 'left-out' },
  ],
  ['counts only|only the count|just the count|numbers only', { word: 'noise' }],
  // `How many rows are there in orders?` are as many as there are orders.
  [
    'rows are there in|records are there in|entries are there in|rows are in|records are in|rows in|records in',
    { word: 'noise' },
  ],
  ['percent|%|percentage points|years old|years of age', { word: 'unit' }],
  ['units', { word: 'unit', behind: true }],
  ['days', { word: 'unit', days: true }],
  ['month|a month', { word: 'unit', period: true }],
  ['year|a year', { word: 'unit', period: true, years: true }],
  ['times', { word: 'unit', counts: true, behind: true }],
  ['hours', { word: 'unit', days: true, hours: true }],
  [
    'how long|how much time|time|the time|days elapsed|days passed|delay in days|duration in days|how long did it take|length of time|lead time',
    { word: 'day-span' },
  ],
];
