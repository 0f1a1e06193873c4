/** What people of a country are called in English, by the country's code (ISO 3166-1). */
export const NATIONALITIES: readonly (readonly [word: string, code: string])[] = `
AR Argentinian|Argentine
AU Australian
AT Austrian
BE Belgian
BR Brazilian
BG Bulgarian
CA Canadian
CL Chilean
CN Chinese
CO Colombian
HR Croatian
CZ Czech
DK Danish
EG Egyptian
EE Estonian
FI Finnish
FR French
DE German
GR Greek
HU Hungarian
IN Indian
ID Indonesian
IE Irish
IL Israeli
IT Italian
JP Japanese
KE Kenyan
KR Korean|South Korean
LV Latvian
LT Lithuanian
LU Luxembourgish
MY Malaysian
MX Mexican
MA Moroccan
NL Dutch
NZ New Zealand
NG Nigerian
NO Norwegian
PK Pakistani
PE Peruvian
PH Philippine|Filipino
PL Polish
PT Portuguese
RO Romanian
RU Russian
SA Saudi
RS Serbian
SG Singaporean
SK Slovak|Slovakian
SI Slovenian
ZA South African
ES Spanish
SE Swedish
CH Swiss
TW Taiwanese
TH Thai
TR Turkish
UA Ukrainian
GB British
US American
VN Vietnamese
`
  .trim()
  .split('\n')
  .flatMap((line) =>
    line
      .slice(3)
      .split('|')
      .map((word) => [word, line.slice(0, 2)] as const),
  );
