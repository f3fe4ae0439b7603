/**
 * How a run is stopped. `graceful`: iterations under way finish, tear-down runs. `soon`: samples under way finish,
 * tear-down runs. `now`: what is in flight ends, tear-down runs. `quit`: out within a second, with whatever has been
 * measured.
 */
export type StopMode = 'graceful' | 'soon' | 'now' | 'quit';
