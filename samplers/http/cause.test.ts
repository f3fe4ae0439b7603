import { describe, expect, it } from 'vitest';
import { causeOf, detailOf } from './cause.ts';
import type { Stage } from './fault.ts';
import { connectionWordings } from './connection-wordings.ts';
import { circumstances, faultOf, plainFault, wordings } from './fault.ts';
import { TransportError } from './transport-error.ts';

const failing = (code: string, message = 'said so') => Object.assign(new Error(message), { code });

describe('the cause of a transport error', () => {
  it.each<[string, Stage, string]>([
    ['ECONNREFUSED', 'connect', 'connect.refused'],
    ['ECONNRESET', 'connect', 'connect.reset'],
    ['ECONNRESET', 'handshake', 'tls.reset'],
    ['ECONNRESET', 'answer', 'reset.before_headers'],
    ['ECONNRESET', 'body', 'reset.mid_body'],
    ['EPIPE', 'answer', 'reset.before_headers'],
    ['ETIMEDOUT', 'connect', 'connect.timeout'],
    ['EHOSTUNREACH', 'connect', 'connect.unreachable'],
    ['ENOTFOUND', 'connect', 'dns.notfound'],
    ['EAI_AGAIN', 'connect', 'dns.unavailable'],
    ['EADDRNOTAVAIL', 'connect', 'local.ports_exhausted'],
    ['EMFILE', 'connect', 'local.fd_exhausted'],
    ['CERT_HAS_EXPIRED', 'handshake', 'tls.expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'handshake', 'tls.wrong_name'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'answer', 'tls.certificate_required'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'answer', 'tls.handshake'],
    ['EADDRINUSE', 'connect', 'local.ports_exhausted'],
    ['ECONNRESET', 'tunnel', 'proxy.reset'],
    ['ETIMEDOUT', 'tunnel', 'proxy.timeout'],
    ['UND_ERR_SOCKET', 'answer', 'closed.before_headers'],
    ['UND_ERR_SOCKET', 'body', 'truncated'],
    ['ESOMETHING', 'body', 'transport.esomething'],
  ])('%s in stage %s is %s', (code, stage, cause) => {
    expect(causeOf(failing(code), stage, false)).toBe(cause);
  });

  it('of an address that this machine does not have is local.source_address, also among several tries', () => {
    const bind = Object.assign(failing('EADDRNOTAVAIL'), { syscall: 'bind' });
    const both = Object.assign(new AggregateError([bind, bind], 'both'), { code: 'EADDRNOTAVAIL' });
    expect(causeOf(bind, 'connect', false)).toBe('local.source_address');
    expect(causeOf(both, 'connect', false)).toBe('local.source_address');
  });

  it('that is ours is its code', () => {
    expect(causeOf(new TransportError('proxy.refused', 'x'), 'tunnel', false)).toBe('proxy.refused');
  });

  it('of an error without a code is its name', () => {
    expect(causeOf(new TypeError('x'), 'answer', false)).toBe('transport.typeerror');
    expect(detailOf(new TypeError('one\ntwo'))).toBe('one');
  });

  it.each([
    [
      '80BC072D537F0000:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../deps/openssl/openssl/ssl/record/ssl3_record.c:350:\n',
      'wrong version number',
    ],
    [
      '40A7B1C2D37F0000:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:../deps/openssl/ssl/record/rec_layer_s3.c:1605:SSL alert number 40\n',
      'sslv3 alert handshake failure',
    ],
    [
      '007E2A0C01000000:error:0A000102:SSL routines::unsupported protocol:../deps/statem_lib.c:1986:',
      'unsupported protocol',
    ],
    ['certificate has expired', 'certificate has expired'],
  ])('of OpenSSL has no number of a thread, so that failures group: %j', (message, detail) => {
    expect(detailOf(new Error(message))).toBe(detail);
  });

  it.each([
    ['response.too_large', 'maxResponseSize raises the limit.'],
    ['tls.self_signed', 'Give it to ca: as a file, or set insecure: true where that is enough.'],
    ['connect.refused', 'Does the server run, and is this its port?'],
    ['protocol.invalid_character', 'See what it sends, for example with curl -v.'],
    ['http2.goaway', 'http2: false speaks HTTP/1.1.'],
    ['tls.handshake', 'Check tlsVersion, ca and certificate.'],
    ['proxy.closed', 'name hosts that need none under noProxy: (or NO_PROXY).'],
  ])('%s says what to do', (cause, remedy) => {
    const { failure } = faultOf(cause, circumstances('h:80', 'x'));
    expect(failure.endsWith(remedy)).toBe(true);
    expect(plainFault(cause, circumstances('h:80', 'x')).failure).not.toContain(remedy);
  });

  it('and so do all that a user can do something about', () => {
    const known = Object.keys({ ...wordings, ...connectionWordings });
    const none = known.filter((cause) => !/[.?] \S/.test(faultOf(cause, circumstances('h', 'x')).failure));
    expect(none.toSorted()).toEqual([
      'decode.unsupported',
      'embedded.depth',
      'interrupted',
      'request.invalid',
    ]);
  });

  it("on this machine is said to be the generator's fault", () => {
    for (const cause of ['local.ports_exhausted', 'local.fd_exhausted']) {
      expect(faultOf(cause, circumstances('h:80', '')).failure).toContain(
        'the load generator, not the server, is at fault',
      );
    }
  });
});
