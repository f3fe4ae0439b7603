import { describe, expect, it } from 'vitest';
import { programOf } from '../program.ts';
import { silentOutput } from '../test-support/silent-output.ts';
import { readLine } from './read-line.ts';

const program = programOf(silentOutput(), () => undefined);
const read = (line: string) => readLine(line === '' ? [] : line.split(' '), program).join(' ');

describe('readLine', () => {
  it.each([
    ['run a.yaml', 'run a.yaml'],
    ['run -n -t a.yaml -l out.jtl', 'run --nongui --logfile=out.jtl a.yaml'],
    ['run -nt a.yaml -lout.jtl', 'run --nongui --logfile=out.jtl a.yaml'],
    ['run -t=a.yaml -l=out.jtl', 'run --logfile=out.jtl a.yaml'],
    ['run --testfile a.yaml --logfile=out.jtl --nongui', 'run --logfile=out.jtl --nongui a.yaml'],
    ['run -Ja=b -J c=d -Je a.yaml', 'run --property=a=b --property=c=d --property=e a.yaml'],
    ['run --jmeterproperty a=b a.yaml', 'run --property=a=b a.yaml'],
    ['run -Ja=b=c -Ja= a.yaml', 'run --property=a=b=c --property=a= a.yaml'],
    [
      'run -Ga=b -G c=d -Gall.properties a.yaml',
      'run --property=a=b --property=c=d --properties=all.properties a.yaml',
    ],
    [
      'run -p j.properties -q a -qb --addprop c a.yaml',
      'run --propfile=j.properties --properties=a --properties=b --properties=c a.yaml',
    ],
    ['run -e staging a.yaml', 'run --environment=staging a.yaml'],
    ['run -estaging a.yaml', 'run --environment=staging a.yaml'],
    ['run -fl out.jtl a.yaml', 'run --overwrite --logfile=out.jtl a.yaml'],
    ['run --forceDeleteResultFile -X a.yaml', 'run --overwrite --remoteexit a.yaml'],
    ['run -- -odd.yaml', 'run -- -odd.yaml'],
    ['run --grace 0s a.yaml', 'run --grace=0s a.yaml'],
    ['--quiet run a.yaml', 'run --quiet a.yaml'],
    ['report - --json -', 'report --json=- -- -'],
    ['generate small -o -', 'generate --output=- small'],
    ['run -?', 'run --help'],
    ['run -h', 'run --help'],
    ['run -nv', 'run --nongui --version'],
    ['-?', '--help'],
    ['-v', '--version'],
    ['', ''],
  ])('%j is %j', (line, long) => {
    expect(read(line)).toBe(long);
  });

  it.each([
    ['run a.yaml b.yaml', /^plan run takes one plan, found 2: a.yaml, b.yaml\./],
    ['run -t a.yaml b.yaml', /^plan run takes one plan, found 2: a.yaml, b.yaml\./],
    ['run -t a.yaml -t b.yaml', /^plan run takes one plan, found 2: a.yaml, b.yaml\./],
    ['run -Jusers 5 a.yaml', /^-Jusers 5: write -Jusers=5\.$/],
    ['init a.yaml b.yaml', /^plan init takes one argument, found besides: b.yaml\.$/],
    ['schema all', /^plan schema takes no arguments, found besides: all\.$/],
    ['run a.yaml -e', /^-e: without a name it is JMeter’s report at the end of a run/],
    ['run -e -n a.yaml', /^-e: without a name/],
    ['run --reportatendofloadtests a.yaml', /^--reportatendofloadtests: without a name/],
    ['run -e -o out a.yaml', /^-o out: there is no dashboard in HTML[^\n]*$/],
    [
      'run -e a.yaml',
      /^-e a.yaml: -e chooses an environment .* Write: plan run a.yaml, or -e NAME a.yaml\.$/,
    ],
    ['validate -e A.JSON', /^-e A.JSON: .* Write: plan validate A.JSON/],
    ['run -e a.jmx', /^-e a.jmx: .*docs\/jmeter.md/],
    ['run -g out.jtl', /^-g out.jtl: .*: plan report out.jtl\.$/],
    ['-g out.jtl -o html', /^-g out.jtl: .*: plan report out.jtl\.$/],
    ['run a.yaml -s', /^-s: there are no servers/],
    ['run a.yaml -r', /^-r: a plan runs on one machine/],
    ['run a.yaml -R one,two', /^-R one,two: a plan runs on one machine/],
    ['run a.yaml -d /opt/jmeter', /^-d \/opt\/jmeter: there is no home folder/],
    ['run a.yaml -i log4j2.xml', /^-i log4j2.xml: there is no log4j/],
    ['run a.yaml -S sys', /^-S sys: .*: -q sys\.$/],
    ['run a.yaml -S', /^-S: .*: -q FILE\.$/],
    [
      'run -t LAST',
      /^-t LAST is the last plan of JMeter.* Write its file: plan run plans\/quickstart\.yaml$/,
    ],
    ['validate --testfile=LAST', /^--testfile LAST is .* plan validate plans\/quickstart\.yaml$/],
    ['run a.yaml -l', /^-l needs a value: -l, --logfile <file>\.$/],
    ['run -l -n a.yaml', /^-l needs a value/],
    ['run a.yaml --nongui=yes', /^--nongui takes no value, found "yes"\.$/],
    [
      'run a.yaml --grce 1s',
      /^plan run has no option --grce\. Did you mean "--grace"\?\nplan run takes one plan/,
    ],
    ['validate a.yaml -l out.jtl', /^-l is an option of plan run, not of plan validate\. Leave it out\.$/],
    ['run a.yaml -z', /^plan run has no option -z\./],
    ['run a.yaml --vus 10', /^--vus 10: the number of users is set by: --threads 10\.$/],
    ['run a.yaml --vus=10', /^--vus=?.*10: .*: --threads 10\.$/],
    ['run a.yaml --users', /^--users: .*: --threads …\.$/],
    ['run --spawn_rate 2 a.yaml', /^--spawn_rate 2: the time until all users have started/],
    ['explain a.yaml --host http://x', /^--host http:\/\/x: the server is a property of the plan/],
    ['run --headless a.yaml', /^--headless: runs are never graphical: leave it out\.$/],
    ['run a.yaml -i 5', /^-i 5: there is no log4j.* For 5 iterations write --loops 5\.$/],
    ['run a.yaml -d 30s', /^-d 30s: there is no home folder.* For a run of 30s write --duration 30s\.$/],
    ['run a.yaml -c 5', /^plan run has no option -c\. For 5 users write --threads 5\.$/],
    ['sandbox --vus 10', /^plan sandbox has no option --vus\./],
    ['-n -t a.yaml', /^the command comes first, found -n\./],
    ['a.yaml', /^the command comes first\. Write: plan run a.yaml$/],
    ['out.jtl', /^the command comes first\. Write: plan report out.jtl$/],
    ['rnu', /^plan has no command "rnu"\. Did you mean "run"\?$/],
    ['frobnicate', /^plan has no command "frobnicate"\. There are: run, validate/],
  ])('%j is refused', (line, message) => {
    expect(() => read(line)).toThrow(message);
  });

  it('finds all mistakes at once', () => {
    expect(() => read('run -s -r -l')).toThrow(/^-s: .*\n-r: .*\n-l needs a value/);
  });
});
