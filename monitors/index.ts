import type { MonitorKind } from '../engine/model/monitor.ts';
import { machine } from './machine/machine.ts';
import { processMonitor } from './process/process.ts';
import { promql } from './promql/promql.ts';

/** Every kind of monitor. To add one: its file, and one line here. */
export const monitorKinds: readonly MonitorKind[] = [machine, processMonitor, promql];
