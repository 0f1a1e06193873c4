/** English words that say nothing of their own, and what is done where nothing stored is called so. */
import type { Vocabulary } from './word.ts';

export const ENGLISH_ASIDES: Vocabulary = [
  [
    `a|an|the|there|their|its|our|we|you|me|my|us|they|them|
     all|any|some|overall|either|exist|can|could|would|will|please|so|also|just|then|s|
     the one|it|this|these|those|i|your|his|her|list of|figure for|
     respectively|ever|please show|in the database|in the data|data|recorded|here|
     use|used|using|speak|spoken|play|played|hold|held|own|owned|offer|offered|provide|provided|
     work|working|live|living|located|lie|include|included|involve|take|taken|make|made|receive|
     given|keep|kept|go|put|whole|single|for us|to us|with us|from us|anything|something|
     just the names|names only|calendar|directly|over the years|everyone|everybody|everyone who|sits|
     looking at|look at|so far|yet|being|occur|occurred|happen|happened|take place|took place|corresponding|associated|related|belonging|
      piece of|as a fraction|along|belong|a total of|available|hi|hello|hey|thanks|thank you|cheers|kindly|if possible|quick question|
     behind it|behind them|attached to it|attached to them|in the first place|
     as well|too|anyway|actually|we've|they're|we're|they've|i've|it's|you've|i'm|there's`,
    { word: 'noise' },
  ],
  [
    // All that is held, which is what is asked about anyway.
    `against them|against it|against him|against her|on file|on record|on our books|on the books|in our books|in the system|in our system|on the system|on our system|in the records|
     in our records|in record|in our database|in this database|in the table|in this table|in the fleet|in our fleet|we have on file|we have on record|
     in the list|on the list|on our list|in the dataset|to date|of all time|in all|throughout|up to now|until now|till now|up to today|until today|
     ours|of ours|we have got|regardless of status|regardless of the status|regardless of their status|whatever the status|whatever their status|
     whatever its status|irrespective of status|irrespective of their status|in any status|all told|the whole of|over the whole of|for the whole of|for all of|over all of|over the course of|in the course of|
     over the whole|across the whole|for the entire|over the entire`,
    { word: 'noise' },
  ],
  [
    // What is shown anyway, or is named beside it.
    `only the names|only their names|only names|just their names|just names|just the name|name only|names will do|is enough|are enough|is sufficient|
     will do|is fine|are fine|is all i need|are all i need|suffices`,
    { word: 'noise' },
  ],
  [
    // How the answer is to look.
    `in one row|in a single row|both figures in one row|two figures in one row|one row each|one row per|one figure|as stored|
     merely|anybody|anyone|by anybody|on the roll|on our roll|on the slate|on our slate|whatever became of|whatever happened to|all the same`,
    { word: 'noise' },
    0.5,
  ],
  [
    // What is so is so already; things of any kind are those that the rest says.
    `already|by now|after all|nevertheless|even so|nonetheless|everything|in the end|meanwhile`,
    { word: 'noise' },
    0.5,
  ],
  [
    `cases|we lend to|do we lend to|we deal with|do we deal with|we serve|do we serve|do we work with|we work with|brand new|new`,
    { word: 'noise' },
    1,
  ],
  [
    'of everything|on everything|for everything',
    { word: 'preposition', ofAll: true, alone: true },
    0.5,
  ],
  ['size|ticket size', { word: 'row-size' }],
  ['value', { word: 'row-size' }, 1],
  ['side by side|next to each other|in two columns', { word: 'apart' }, 0.5],
  ['only|alone', { word: 'unit', ofPeriod: true }],
  ['about|regarding|concerning', { word: 'preposition', about: true }, 0.5],
  ['as', { word: 'noise' }, 1],
  ['going by|judging by|counting by|as per', { word: 'noise' }, 0.5],
  [
    // What is done where nothing stored is called so.
    `took|attended|attend|hosted|host|directed|wrote|taught|teach|rented|rent|visited|visit|participated|participate|participating|
     stayed|staying|studying|study|won|win|composed|affected|involved|described as|described|enrolled|reviewed|rated|built|designed|
     recorded|appeared|appear|featured|served|serve|led|lead|granted|processed|moved|sent|send|starting|listed|placed|signed|registered|opened|issued|traded|trade|booked|book|hired|shipped|delivered|
     added|acquired|recruited|sold|bought|purchased|done|assigned|performed|carried out|handled|look after|looked after|filed|logged|submitted|organized|headquartered|posted|published|launched|produced|bear|carry|set|work for|worked for|manage|managed|contain|containing|
     produce|producing|require|requiring|operate|operated|reserve|reserved|release|released|affecting|using|teaching|playing|taking|correspond|correspond to|
     support|supported|advise|advised|develop|developed|write|written|sing|sung|drive|driven|drove|fly|flew|flown|ride|rode|create|created|conduct|conducted|
     bring|brought|sell|buy|draw|drew|run by|acted|act|star|starred|starring|represent|represented|belonged|possess|possessed|deal with|place|enter|entered|consist of|
     treat|treated|prescribe|prescribed|author|authored|perform|compete|competed|competing|transport|
     run|running|track|keep track of|saw|ever saw|cover|carried|withheld|deducted|booked in|disbursed|send out|sent out|handed in|hand in|handed out|help|helped|take out|taken out|took out|score|scored|ship|deliver|visiting|attending|hosting|stay|register|sign|sign up|signed up|enroll|enrolling|raise|raised|employ|employed|reach|reached|showed|shown|seen|dated|struck|imposed|concerned|attempted|agreed|agreed on|coming from|triggered|trigger|told us|achieved|achieve|asked us for|turned out to be|turn out to be|completely|entirely|can we see|did we see|do we see|we know of|know of`,
    { word: 'noise' },
    1,
  ],
  ['ordered|order', { word: 'noise' }, 1.5],
  ['gave|give', { word: 'noise' }, 1],
];
