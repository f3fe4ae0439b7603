type Written = Readonly<Record<string, unknown>>;

/** What an issue is injected and looked at with, where the author names only its kind: the pipeline's REST API. */
export function fillHealingTrigger({ issue, inject, detect, heal }: Written): Written {
  if (issue === undefined) return {};
  const look = { path: '/healing/issues/{issueId}' };
  return {
    ...(inject === undefined && {
      inject: { http: { method: 'POST', path: '/healing/inject', json: { issue_type: issue } } },
    }),
    ...(detect === undefined && { detect: { http: look, until: { jsonPath: status, oneOf: detected } } }),
    ...(detect === undefined &&
      heal === undefined && { heal: { http: look, until: { jsonPath: status, oneOf: healed } } }),
  };
}

const status = '$.data.status';
const healed = ['resolved', 'healed'];
/** An issue that is healed was detected before, whether that was seen or not. */
const detected = ['open', 'detected', 'analyzed', 'fixing', 'healing', ...healed];
