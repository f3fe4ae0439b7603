import { notInJtl } from '../engine/metrics/from-jtl.ts';
import { Reasons } from '../engine/run/reasons.ts';
import { openJtl } from '../listeners/jtl-read.ts';
import { jtlOf, readSamples, type SavedResult } from '../listeners/report.ts';
import { preparePlan, type PrepareRequest } from '../engine/api/prepare.ts';

/** The samples of a JTL, judged by the thresholds of a plan; what cannot be judged by a JTL is named. */
export async function judge(
  path: string,
  request: PrepareRequest,
  timestampFormat?: string,
): Promise<SavedResult> {
  const { compiled } = await preparePlan({ ...request, onlyToJudge: true });
  const jtl = await openJtl(await jtlOf(path), timestampFormat);
  const promised = compiled.thresholds.map((threshold) => ({
    threshold,
    why: notInJtl(threshold, jtl.columns),
  }));
  const { result, ...saved } = await readSamples(
    jtl,
    promised.flatMap(({ threshold, why }) => (why === null ? [threshold] : [])),
  );
  const isEmpty = result.total.count === 0 && result.labels.length === 0;
  const verdict = new Reasons().verdict({
    thresholds: result.thresholds,
    notJudged: promised.flatMap(({ threshold, why }) =>
      why === null ? [] : [`not judged: ${threshold.text}: ${why}`],
    ),
    empty: isEmpty ? 'there is no sample' : null,
  });
  return { ...saved, result: { ...result, verdict } };
}
