import { describe, expect, it } from 'vitest';
import { causeOf, detailOf } from './cause.ts';
import type { Stage } from './fault.ts';
import { circumstances, faultOf } from './fault.ts';
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

  it("on this machine is said to be the generator's fault", () => {
    for (const cause of ['local.ports_exhausted', 'local.fd_exhausted']) {
      expect(faultOf(cause, circumstances('h:80', '')).failure).toContain(
        'the load generator, not the server, is at fault',
      );
    }
  });
});
