import type { ListenerKind } from '../engine/model/listener.ts';
import { csv } from './csv.ts';
import { failures } from './failures.ts';
import { json } from './json.ts';
import { jtlCsv } from './jtl-csv.ts';
import { jtlXml } from './jtl-xml.ts';
import { responses } from './responses.ts';
import { summary } from './summary.ts';

/** Every kind of listener. To add one: its file, and one line here. */
export const listenerKinds: readonly ListenerKind[] = [
  jtlCsv,
  jtlXml,
  summary,
  json,
  csv,
  failures,
  responses,
];
