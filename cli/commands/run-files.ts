import type { Command } from 'commander';
import type { ListenerEnvironment } from '../../engine/model/listener.ts';
import { fileToWrite } from '../options.ts';

export interface FileOptions {
  readonly logfile?: string;
  readonly append?: boolean;
  readonly overwrite?: boolean;
  readonly runLog?: string;
  readonly har?: string;
}

/** Where results go besides, or instead of, the results folder. */
export function withFiles(command: Command): Command {
  return command
    .option(
      '-l, --logfile <file>',
      'writes the JTL here instead of the results folder',
      fileToWrite('--logfile'),
    )
    .option('--append', 'adds to an existing -l file')
    .option('-f, --overwrite', 'replaces an existing -l file')
    .option(
      '-j, --run-log <file>',
      'writes what the plan logs here instead of run.log in the results folder',
      fileToWrite('--run-log'),
    )
    .option('--har <file>', 'with --once: writes the requests as an HTTP archive, too', fileToWrite('--har'));
}

/** Where `-l` has the JTL written; null without it. */
export function jtlTarget({ logfile, append, overwrite }: FileOptions): ListenerEnvironment['jtl'] {
  if (logfile === undefined) return null;
  return { file: logfile, ifExists: append ? 'append' : overwrite ? 'overwrite' : 'refuse' };
}
