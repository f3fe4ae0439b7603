import { templateFunctions } from '../../engine/template/functions/index.ts';
import type { TemplateFunction } from '../../engine/template/functions/function.ts';
import type { Chapter, Page } from './page.ts';

/** A page for every function of the template language. */
export function functionChapter(): Chapter {
  return { title: 'Functions', one: 'function', pages: [...templateFunctions.values()].map(functionPage) };
}

function functionPage({ name, usage, description, example }: TemplateFunction): Page {
  const { template, given = {}, gives, varies = false } = example;
  return {
    name,
    aliases: [],
    description,
    written: [
      `\`\${${name}${usage}}\`, wherever a template may stand.`,
      ...(usage.includes('[') ? ['What is in brackets may be left out.'] : []),
    ],
    example: {
      template,
      given: Object.entries(given).map(([variable, value]) => `${variable}=${value}`),
      gives,
      varies,
    },
    tables: [],
  };
}
