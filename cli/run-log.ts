import { Option } from 'commander';
import { UserError } from '../engine/model/errors.ts';
import { logLevels, type LogThreshold } from '../engine/model/log-level.ts';
import type { StartOptions } from '../engine/api/start-options.ts';

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

export function logOptions({ runLog, logLevel }: LogOptions): Pick<StartOptions, 'logFile' | 'logThreshold'> {
  return {
    ...(logLevel === undefined ? {} : { logThreshold: logLevel }),
    ...(runLog === undefined ? {} : { logFile: runLog }),
  };
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
