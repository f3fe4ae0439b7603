import { Command } from 'commander';
import { planSchema } from '../../engine/load/plan-schema.ts';
import { exitCodes, type ExitCode } from '../../engine/model/errors.ts';
import { language } from '../../engine/api/language.ts';
import { giveJsonText } from '../json-result.ts';
import type { Output } from '../output.ts';

/** The text of `schemas/plan.schema.json`. */
export function schemaText(): string {
  return `${JSON.stringify(planSchema(language), null, 2)}\n`;
}

export function schemaCommand(output: Output, done: (code: ExitCode) => void): Command {
  return new Command('schema')
    .summary('print the JSON Schema of plan files')
    .description('Prints the JSON Schema of plan files, for editors and other tools.')
    .addHelpText('after', '\nExample:\n  plan schema > plan.schema.json')
    .action(() => {
      const text = schemaText().trimEnd();
      output.show(text);
      giveJsonText(output, text, 'plan.schema.json');
      done(exitCodes.passed);
    });
}
