/** What the environment of the command says of proxies, as its variables do. Plain data: it crosses threads. */
export interface EnvironmentProxies {
  /** Null: there is none for http:// addresses. */
  readonly http: ProxyVariable | null;
  /** Null: there is none for https:// addresses. */
  readonly https: ProxyVariable | null;
  /** Hosts that are reached without them. */
  readonly none: readonly string[];
  /** Which variable says so; empty if none does. */
  readonly noneVariable: string;
  /** Named on the command line: asked for this machine, too, and the hosts in `none` are JMeter's, with `*` for anything. */
  readonly fromLine?: true;
}

export interface ProxyVariable {
  /** `HTTPS_PROXY`, `all_proxy`. */
  readonly variable: string;
  /** `http://user:password@host:port`. */
  readonly url: string;
}
