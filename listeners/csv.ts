import { join } from 'node:path';
import { defineListener } from '../engine/model/listener.ts';
import { aggregateCsv } from './aggregate-csv.ts';
import { sweepsCsv } from './sweeps-csv.ts';
import { writeWhole } from './write-whole.ts';

const sweepsFile = 'sweeps.csv';

/** `csv`: the final table as JMeter's Aggregate Report saves it; complete or not there at all. */
export const csv = defineListener({
  kind: 'csv',
  jmeter: 'Aggregate Report',
  scalar: 'file',
  showsSums: true,
  schema: {
    type: 'object',
    additionalProperties: false,
    description:
      'Writes the final table as JMeter’s Aggregate Report saves it, a row per label and TOTAL, which leaves transactions out; the rates of a row divide by its own time, from its first start to its last end. A plan with a matrix gets its cells besides, in sweeps.csv. `plan report RUN --csv FILE` makes it again.',
    properties: {
      file: {
        type: 'string',
        literal: true,
        pattern: '^[^/\\\\]*[^/\\\\.][^/\\\\]*$',
        default: 'aggregate.csv',
        description: 'Name of the file in the results folder.',
        examples: ['aggregate.csv'],
      },
    },
  },
  example: `
listeners:
  - csv: table.csv
`,
  create({ file }, environment) {
    return {
      async end({ labels, total, metrics = [], sweeps }) {
        await writeWhole(join(environment.folder, file), aggregateCsv({ labels, total, metrics }));
        if (sweeps) await writeWhole(join(environment.folder, sweepsFile), sweepsCsv(sweeps));
      },
    };
  },
});
