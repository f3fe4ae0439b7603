import { describe, expect, it } from 'vitest';
import { mistakes, prepareYaml } from '../../test/support/prepare-yaml.ts';
import { templateFunctions } from '../template/functions/index.ts';

const given = 'variables: { max: 5, text: a, text_5: b, file: gone.csv }';

const plan = (text: string, before = given) => `name: T
${before}
threadGroups:
  - name: G
    steps:
      - script: vars.set('x', 'a')
      - post: { url: http://127.0.0.1:9/, body: ${JSON.stringify(text)} }
`;

describe('arguments of functions that are written out are checked before the run', () => {
  it.each([
    ['${__Random(a,b)}', 'the least value of __Random must be a whole number, found "a"'],
    ['${__Random(1.5,2)}', 'the least value of __Random must be a whole number, found "1.5"'],
    ['${__Random(5,1)}', '__Random: needs min ≤ max, found 5 and 1'],
    ['${__Random(1)}', '__Random takes (min, max, [variable]), found 1 argument'],
    ['${__Random(1,2,3,4)}', '__Random takes (min, max, [variable]), found 4 arguments'],
    ['${__UUID(1)}', '__UUID takes no arguments, found 1 argument'],
    ['${__RandomString(a)}', 'the length of __RandomString must be a whole number, found "a"'],
    ['${__RandomString(-1,abc)}', 'the length of __RandomString must be 0 to 1,000,000, found -1'],
    ['${__time(b)}', 'the letter "b" in the date pattern "b" is not known'],
    [
      '${__RandomDate(yyyy,2020,2019,,)}',
      '__RandomDate: the end Tue Jan 01 2019 is not after the start Wed Jan 01 2020',
    ],
    [
      '${__RandomDate(yyyy-MM-dd,x,2019-01-01,,)}',
      '__RandomDate: "x" is not a date of the pattern "yyyy-MM-dd"',
    ],
    [
      '${__timeShift(yyyy,,P1X,,)}',
      '__timeShift does not shift: "P1X" is not a duration such as P2DT3H or -PT5M',
    ],
    ['${__timeShift(yyyy-MM-dd,tomorrow,P1D,,)}', '__timeShift takes now: "tomorrow" is not a date'],
    ['${__dateTimeConvert(x,yyyy,MM)}', '__dateTimeConvert: "x" is not a date of the pattern "yyyy"'],
    ['${__dateTimeConvert(2026-01-01 Mars/X,yyyy-MM-dd VV,yyyy)}', 'the time zone "Mars/X" is not known'],
    ['${__digest(MD9,x)}', '__digest: knows MD5, SHA-1, SHA-224, SHA-256, SHA-384, SHA-512 …, found "MD9"'],
    ['${__substring(abc,x,y)}', 'the begin of __substring must be a whole number, found "x"'],
    ['${__strReplaceRegex(a,[,b)}', '"[" is not a regular expression'],
    ['${__char(x)}', '__char: "x" is not a number'],
    ['${__changeCase(a,WRONG)}', '__changeCase knows UPPER, LOWER and CAPITALIZE, found "WRONG"'],
    ['${__counter(x)}', '__counter: knows TRUE, FALSE, found "x"'],
    ['${__log(a,LOUD)}', '__log: knows TRACE, DEBUG, INFO, WARN, ERROR, FATAL_ERROR, OUT, ERR, found "LOUD"'],
    ['${__logn(a,LOUD)}', '__logn: knows TRACE'],
    ['${__urldecode(%zz)}', '__urldecode: "%zz" is not UTF-8 text in percent-encoding'],
    ['${__doubleSum(1,x,y)}', '__doubleSum adds numbers, found "x"'],
    ['${__now()}', 'unknown function "__now"'],
    ['${__Random(${x},b)}', 'the greatest value of __Random must be a whole number, found "b"'],
    ['${__Random(1.5,${x})}', 'the least value of __Random must be a whole number, found "1.5"'],
    ['${__RandomString(2000000,${x})}', 'the length of __RandomString must be 0 to 1,000,000, found 2000000'],
    ['${__time(/0)}', '__time cannot divide by 0, found "/0"'],
    ['${__timeShift(yyyy-bb,${x},P1D,,)}', 'the letter "b" in the date pattern'],
    ['${__timeShift(yyyy,${x},1D,,)}', '__timeShift does not shift: "1D" is not a duration'],
    ['${__timeShift(yyyy,tomorrow,${x},,)}', '__timeShift takes now: "tomorrow" is not a date'],
    ['${__timeShift(,${x},P1D,en_TOOLONGAWORD,)}', 'the locale "en_TOOLONGAWORD" is not known'],
    ['${__dateTimeConvert(${x},bbb,MM)}', 'the letter "b" in the date pattern'],
    ['${__dateTimeConvert(${x},yyyy,bb)}', 'the letter "b" in the date pattern'],
    ["${__dateTimeConvert(${x},yyyy'T,MM)}", 'the date pattern "yyyy\'T" has a quote without an end'],
    ['${__RandomDate(yyyy-bb,${x},2020-01,,)}', 'the letter "b" in the date pattern'],
    ['${__RandomDate(,${x},2020-01-01,en_TOOLONGAWORD,)}', 'the locale "en_TOOLONGAWORD" is not known'],
    ['${__digest(MD9,${x})}', '__digest: knows MD5'],
    ['${__digest(BLAKE2b-999,${x})}', '__digest: knows MD5'],
    ['${__digest(MD5,${x},,maybe)}', '__digest knows TRUE, FALSE, found "maybe"'],
    ['${__substring(${x},5,2)}', '__substring: needs begin ≤ end, found 5 and 2'],
    ['${__substring(${x},-1,2)}', 'the begin of __substring must be at least 0, found "-1"'],
    ['${__substring(${x},a,2)}', 'the begin of __substring must be a whole number, found "a"'],
    ['${__strReplaceRegex(${x},[,b)}', '"[" is not a regular expression'],
    ['${__regexFunction([,$1$,,,,,x)}', '"[" is not a regular expression'],
    ['${__regexFunction(a,$1$,some,,,,x)}', '__regexFunction has no match "some": write 1, RAND, ALL or 0.5'],
    ['${__char(${x},zz)}', '__char: "zz" is not a number'],
    ['${__caseFormat(${x},WRONG)}', '__caseFormat does not know the mode "WRONG"'],
    ['${__changeCase(${x},WRONG)}', '__changeCase knows UPPER, LOWER and CAPITALIZE, found "WRONG"'],
    ['${__intSum(1,${x},b,v)}', '__intSum adds numbers, found "b"'],
    ['${__doubleSum(${x},b,c)}', '__doubleSum adds numbers, found "b"'],
    ['${__StringToFile(a.txt,${x},maybe)}', '__StringToFile knows TRUE, FALSE, found "maybe"'],
    ['${__StringToFile(a.txt,${x},true,latin1)}', '__StringToFile writes UTF-8, found "latin1"'],
    ['${__FileToString(plan.yaml,utf-99)}', '__FileToString does not know the encoding "utf-99"'],
    ['${__CSVRead(plan.yaml,first)}', '__CSVRead knows a column, from 0, next and *alias, found "first"'],
    ['${__StringFromFile(a#,,one,2)}', '__StringFromFile counts files by whole numbers, found "one"'],
    ['${__StringFromFile(a#,,3,1)}', '__StringFromFile: needs start ≤ end, found 3 and 1'],
    ['${__FileToString(gone.txt)}', 'there is no file "gone.txt" in the plan\'s folder'],
    ['${__FileToString(../up.txt)}', 'the file "../up.txt" lies outside the plan\'s folder'],
    ['${__FileToString(${file})}', 'there is no file "gone.csv" in the plan\'s folder'],
    ['${__StringFromFile(gone.txt)}', 'there is no file "gone.txt" in the plan\'s folder'],
    ["${__StringFromFile(a#'.'txt,,1,3)}", 'there is no file "a1.txt" in the plan\'s folder'],
    ['${__CSVRead(gone.csv,${x})}', 'there is no file "gone.csv" in the plan\'s folder'],
    ['${__CSVRead(gone.csv,*users)}', 'there is no file "gone.csv" in the plan\'s folder'],
    ['${__XPath(gone.xml,//a)}', 'there is no file "gone.xml" in the plan\'s folder'],
    ['${__StringToFile(a.txt,x)}${__FileToString(b.txt)}', 'there is no file "b.txt" in the plan\'s folder'],
    ['${__random(1,2)}', 'unknown function "__random". Did you mean "__Random"?'],
  ])('%s', async (text, message) => {
    expect((await mistakes(plan(text))).join('\n')).toContain(`: ${message}`);
  });

  it.each([
    '${__Random(1,${max})}',
    '${__Random(${max},${x})}',
    '${__timeShift(yyyy,${x},${x},,)}',
    '${__timeShift(yyyy,,${x},de_DE,)}',
    '${__timeShift(yyyy,,P1D,variable)}',
    '${__dateTimeConvert(${x},,yyyy)}',
    '${__RandomDate(yyyy,${x},2030,,)}',
    '${__substring(${x},1,2)}',
    '${__intSum(1,${x},sum)}',
    '${__regexFunction(a,$1$,0.5,,,,x)}',
    '${__FileToString(plan.yaml,ISO-8859-1)}',
    '${__FileToString(${x})}',
    '${__StringToFile(later.txt,x)}${__FileToString(./later.txt)}',
    '${__StringToFile(${x},x)}${__CSVRead(later.csv,0)}',
    '${__CSVRead(*users,0)}${__CSVRead(plan.yaml,next)}',
    '${__counter(,n)}',
    '${__counter(false)}',
    '${__digest(sha-256,x)}',
    '${__digest(SHA3-256,x)}',
    '${__log(anything at all)}',
    '${__logn(a,warn)}',
    '${__eval(${text})}',
    '${__V(text_${max})}',
    '${__time(/1000)}',
    '${__time(YMDHMS)}',
    '${__RandomDate(,,2030-01-01,,)}',
  ])('%s is left to the run', async (text) => {
    await expect(prepareYaml(plan(text))).resolves.toBeDefined();
  });

  it.each([...templateFunctions.values()].map(({ name, example }) => [name, example] as const))(
    'the example of %s is right',
    async (_, { template, given: variables = {} }) => {
      const before = `variables: ${JSON.stringify(variables)}\npools: { issue_ids: }`;
      // The files that it reads are not here.
      const request = { onlyToJudge: true };
      await expect(prepareYaml(plan(template, before), request)).resolves.toBeDefined();
    },
  );
});

describe('what is known before the run is put in first', () => {
  const steps = (step: string, secret = false) => `name: T
properties: { p: { default: soon, secret: ${secret} }, n: { default: '5' } }
defaults: { http: { baseUrl: http://127.0.0.1:9 } }
threadGroups:
  - name: G
    steps:
      - ${step}
`;
  it.each([
    ['get: "/${__Random(1,${p})}"', 'the greatest value of __Random must be a whole number, found "soon"'],
    ['get: "/${__time(${p}b)}"', 'is not known'],
    ['get: "/${__digest(${p},x)}"', 'found "soon"'],
    ['get: "/${__RandomString(${__P(p)})}"', 'found "soon"'],
    ["pause: '${p}'", 'soon'],
    ["get: /\n        timers: [{ uniform: '${p}' }]", 'soon'],
    ["get: /\n        extract: { a: { regex: '(${p}' } }", 'Invalid regular expression: /(soon/'],
    ["get: /\n        assert: [{ matches: '[${p}' }]", 'Invalid regular expression: /[soon/'],
  ])('%s', async (step, message) => {
    expect((await mistakes(steps(step))).join('\n')).toContain(message);
  });

  it.each([
    'get: "/${__Random(1,${n})}"',
    "pause: '${n}s'",
    "get: /\n        extract: { a: { regex: '(${n})' } }",
  ])('%s is right', async (step) => {
    await expect(prepareYaml(steps(step))).resolves.toBeDefined();
  });

  it('and a secret is not quoted', async () => {
    const told = await mistakes(steps('get: "/${__Random(1,${p})}"', true)).catch(() => []);
    expect(told.join('\n')).not.toContain('soon');
  });
});

describe('a declared property without a value', () => {
  it('is told how to get one', async () => {
    const text = `properties: { host: { type: string } }\n${plan('${host}')}`;
    expect((await mistakes(text)).join('\n')).toContain(
      'the property "host" has no value in this run. Set it with -Jhost=…, by an environment of the plan, or give it a default.',
    );
  });
});
