import { writeFileSync } from 'node:fs';
import { Option } from 'commander';
import { UserError } from '../engine/model/errors.ts';
import { logLevels, type LogThreshold } from '../engine/model/log-level.ts';
import type { PlanRunOptions } from '../engine/run/plan-run-options.ts';
import { cannotWrite } from '../listeners/write-whole.ts';

export interface LogOptions {
  readonly runLog?: string;
  readonly logLevel?: LogThreshold;
}

/** JMeter's `-L`, but for categories of Java classes, which are not here. */
export function logLevelOption(): Option {
  return new Option(
    '-L, --log-level <level>',
    'what is kept of what the plan logs: DEBUG, INFO (default), WARN, ERROR, OFF',
  ).argParser(logThreshold);
}

/** JMeter begins its log anew with each run. Throws a `UserError`. */
export function beginLog({ runLog, logLevel }: LogOptions): Pick<PlanRunOptions, 'logFile' | 'logThreshold'> {
  const level = logLevel === undefined ? {} : { logThreshold: logLevel };
  if (runLog === undefined) return level;
  try {
    writeFileSync(runLog, '');
  } catch (error) {
    throw cannotWrite(runLog, error);
  }
  return { ...level, logFile: runLog };
}

function logThreshold(text: string): LogThreshold {
  const [, category, level = ''] = /^(?:(.*)=)?(.*)$/.exec(text) ?? [];
  const found = logLevels.find((one) => one === level.toUpperCase());
  if (category !== undefined && category !== '' && category !== 'root') {
    throw new UserError(
      `-L ${text}: there are no categories of classes to log. Write -L ${found ?? 'DEBUG'}.`,
    );
  }
  if (found) return found;
  throw new UserError(`-L expects one of ${logLevels.join(', ')}, found "${level}".`);
}
