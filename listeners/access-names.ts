/** All names whose values give access, for whoever shows what was sent and answered. */

/** Headers: no listener shows their values. `X-Vault-Token`, `api-key`, `Ocp-Apim-Subscription-Key` … */
const headerName =
  /^(proxy-)?authorization$|^(set-)?cookie$|token$|api-?key$|(access|private|functions|subscription)-key$|secret|signature$|password$/i;

/** Fields and variables, wherever they stand: `access_token`, `password`, `apiKey`, `otp`. */
const fieldName = new RegExp(
  'token$|^(pwd|pass|pin|otp|totp|mfa|cvv|cvc|sas|sig|jws)$|[_-](pwd|pass|pin|otp|sas|sig)$|passw(or)?d|passphrase|passcode|secret|' +
    '(api|private|access|account|signing|encryption|master)[_-]?key$|credential|authori[sz]ation$|signature$|session[_-]?(id|key)$|' +
    'sessid$|upload_id$|jwt|assertion$|(auth|verification|security|recovery|access)[_-]?code$|code[_-]?verifier$',
  'i',
);

/** Besides, in forms and URLs, where they are seldom anything else: `?key=…`, `code=…` of OAuth. */
const formName = /^(key|code|auth|samlresponse)$/i;

/** Where a list goes on is no secret. */
const noAccess = /(page|next|continuation|cursor|sync)[_-]?token$/i;

export function givesAccess(header: string): boolean {
  return headerName.test(header);
}

/** Of a field of JSON or XML, or of a variable. */
export function isAccessName(name: string): boolean {
  return fieldName.test(name) && !noAccess.test(name);
}

/** Of a field of a form, or of a URL's query: `user[password]`, `access%5Ftoken`. */
export function isAccessInForm(name: string): boolean {
  const last = decoded(name)
    .split(/[.[\]]/)
    .filter((part) => part !== '')
    .at(-1);
  return last !== undefined && (isAccessName(last) || formName.test(last));
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
