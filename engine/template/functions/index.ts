import { base64Decode } from './base64-decode.ts';
import { base64Encode } from './base64-encode.ts';
import { caseFormat } from './case-format.ts';
import { changeCase } from './change-case.ts';
import { char } from './char.ts';
import { chooseRandom } from './choose-random.ts';
import { counter } from './counter.ts';
import { csvRead } from './csv-read.ts';
import { dateTimeConvert } from './date-time-convert.ts';
import { digest } from './digest.ts';
import { doubleSum } from './double-sum.ts';
import { env } from './env.ts';
import { escapeHtml } from './escape-html.ts';
import { escapeOroRegexpChars } from './escape-oro-regexp-chars.ts';
import { escapeXml } from './escape-xml.ts';
import { evalVar } from './eval-var.ts';
import { evalFunction } from './eval.ts';
import { fileToString } from './file-to-string.ts';
import type { TemplateFunction } from './function.ts';
import { ifFunction } from './if.ts';
import { intSum } from './int-sum.ts';
import { isDefined } from './is-defined.ts';
import { isPropDefined } from './is-prop-defined.ts';
import { isVarDefined } from './is-var-defined.ts';
import { iterationNum } from './iteration-num.ts';
import { log } from './log.ts';
import { logn } from './logn.ts';
import { longSum } from './long-sum.ts';
import { lowercase } from './lowercase.ts';
import { machineIp } from './machine-ip.ts';
import { machineName } from './machine-name.ts';
import { md5 } from './md5.ts';
import { p } from './p.ts';
import { poolSize } from './pool-size.ts';
import { property } from './property.ts';
import { randomDate } from './random-date.ts';
import { randomFromMultipleVars } from './random-from-multiple-vars.ts';
import { randomString } from './random-string.ts';
import { random } from './random.ts';
import { regexFunction } from './regex-function.ts';
import { samplerName } from './sampler-name.ts';
import { setProperty } from './set-property.ts';
import { split } from './split.ts';
import { strLen } from './str-len.ts';
import { strReplaceRegex } from './str-replace-regex.ts';
import { strReplace } from './str-replace.ts';
import { stringFromFile } from './string-from-file.ts';
import { stringToFile } from './string-to-file.ts';
import { substring } from './substring.ts';
import { testPlanName } from './test-plan-name.ts';
import { threadGroupName } from './thread-group-name.ts';
import { threadNum } from './thread-num.ts';
import { timeShift } from './time-shift.ts';
import { time } from './time.ts';
import { unescapeHtml } from './unescape-html.ts';
import { unescape } from './unescape.ts';
import { uppercase } from './uppercase.ts';
import { urldecode } from './urldecode.ts';
import { urlencode } from './urlencode.ts';
import { uuid } from './uuid.ts';
import { v } from './v.ts';
import { xpath } from './xpath.ts';

const all: readonly TemplateFunction[] = [
  base64Decode,
  base64Encode,
  caseFormat,
  changeCase,
  char,
  chooseRandom,
  counter,
  csvRead,
  dateTimeConvert,
  digest,
  doubleSum,
  env,
  escapeHtml,
  escapeOroRegexpChars,
  escapeXml,
  evalVar,
  evalFunction,
  fileToString,
  ifFunction,
  intSum,
  isDefined,
  isPropDefined,
  isVarDefined,
  iterationNum,
  log,
  logn,
  longSum,
  lowercase,
  machineIp,
  machineName,
  md5,
  p,
  poolSize,
  property,
  randomDate,
  randomFromMultipleVars,
  randomString,
  random,
  regexFunction,
  samplerName,
  setProperty,
  split,
  strLen,
  strReplaceRegex,
  strReplace,
  stringFromFile,
  stringToFile,
  substring,
  testPlanName,
  threadGroupName,
  threadNum,
  timeShift,
  time,
  unescapeHtml,
  unescape,
  uppercase,
  urldecode,
  urlencode,
  uuid,
  v,
  xpath,
];

/** Every function of the template language, by name. */
export const templateFunctions: ReadonlyMap<string, TemplateFunction> = new Map(
  all.map((one) => [one.name, one]),
);
