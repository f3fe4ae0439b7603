import { elsewhereMeant } from './foreign-options.ts';

/** An option of JMeter's command line (`JMeter.java`), and what becomes of it here. */
export interface JmeterOption {
  readonly letter: string;
  readonly long: string;
  readonly takesValue: boolean;
  /** Our long option that means the same. */
  readonly as?: string;
  /** What to write instead, as a sentence; VALUE stands for what was given. */
  readonly instead?: string;
}

const oneMachine = 'a plan runs on one machine, in worker threads (--workers N). Leave it out';

/** Every option of JMeter 5.6, but for help and version, which are ours, too. */
const all: readonly JmeterOption[] = [
  { letter: 'p', long: 'propfile', takesValue: true, as: '--propfile' },
  { letter: 'q', long: 'addprop', takesValue: true, as: '--properties' },
  { letter: 't', long: 'testfile', takesValue: true, as: '--testfile' },
  { letter: 'l', long: 'logfile', takesValue: true, as: '--logfile' },
  {
    letter: 'i',
    long: 'jmeterlogconf',
    takesValue: true,
    instead: 'there is no log4j to configure. Write -L LEVEL for what is logged and -j FILE for where',
  },
  { letter: 'j', long: 'jmeterlogfile', takesValue: true, as: '--run-log' },
  { letter: 'n', long: 'nongui', takesValue: false, as: '--nongui' },
  { letter: 's', long: 'server', takesValue: false, instead: `there are no servers: ${oneMachine}` },
  { letter: 'E', long: 'proxyScheme', takesValue: true, as: '--proxy-scheme' },
  { letter: 'H', long: 'proxyHost', takesValue: true, as: '--proxy-host' },
  { letter: 'P', long: 'proxyPort', takesValue: true, as: '--proxy-port' },
  { letter: 'N', long: 'nonProxyHosts', takesValue: true, as: '--non-proxy-hosts' },
  { letter: 'u', long: 'username', takesValue: true, as: '--proxy-user' },
  { letter: 'a', long: 'password', takesValue: true, as: '--proxy-password' },
  { letter: 'J', long: 'jmeterproperty', takesValue: true, as: '--property' },
  { letter: 'G', long: 'globalproperty', takesValue: true, as: '--globalproperty' },
  { letter: 'D', long: 'systemproperty', takesValue: true, as: '--systemproperty' },
  {
    letter: 'S',
    long: 'systemPropertyFile',
    takesValue: true,
    instead: 'there are no Java system properties. A file with properties of the plan is read by: -q VALUE',
  },
  { letter: 'f', long: 'forceDeleteResultFile', takesValue: false, as: '--overwrite' },
  { letter: 'L', long: 'loglevel', takesValue: true, as: '--log-level' },
  { letter: 'r', long: 'runremote', takesValue: false, instead: oneMachine },
  { letter: 'R', long: 'remotestart', takesValue: true, instead: oneMachine },
  {
    letter: 'd',
    long: 'homedir',
    takesValue: true,
    instead: 'there is no home folder: paths in a plan start at the folder of the plan. Leave it out',
  },
  { letter: 'X', long: 'remoteexit', takesValue: false, as: '--remoteexit' },
  {
    letter: 'g',
    long: 'reportonly',
    takesValue: true,
    instead: 'the report of results that are there already is printed by: plan report VALUE',
  },
  {
    letter: 'e',
    long: 'reportatendofloadtests',
    takesValue: false,
    instead:
      'without a name it is JMeter’s report at the end of a run, which is printed here anyway and kept in run.json; plan report FOLDER shows it again. Leave it out, or write -e NAME for an environment of the plan',
  },
  {
    letter: 'o',
    long: 'reportoutputfolder',
    takesValue: true,
    instead:
      'there is no dashboard in HTML: the report is printed and kept in the results folder, run.json (--results FOLDER says in which; plan report shows it again). Leave out -e and -o',
  },
];

/** JMeter's option of this name: `-n`, `--nongui`. */
export function jmeterOption(name: string): JmeterOption | undefined {
  return all.find(({ letter, long }) => name === `-${letter}` || name === `--${long}`);
}

/** What to write instead of an option of JMeter's, or of another tool, with the value that it was given. */
export function insteadOf(name: string, value: string | undefined, instead: string): string {
  const given = value === undefined ? name : `${name} ${value}`;
  const written = instead.replaceAll('VALUE', () => value ?? 'FILE').replaceAll('GIVEN', () => value ?? '…');
  return `${given}: ${written}.${elsewhereMeant(name, value)}`;
}
