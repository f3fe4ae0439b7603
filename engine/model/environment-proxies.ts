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
}

export interface ProxyVariable {
  /** `HTTPS_PROXY`, `all_proxy`. */
  readonly variable: string;
  /** `http://user:password@host:port`. */
  readonly url: string;
}
