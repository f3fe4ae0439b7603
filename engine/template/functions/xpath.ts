import { xmlParser } from '../../markup/xml-parser.ts';
import type { XmlDocument } from '../../markup/xml.ts';
import type { Host } from '../../model/ports.ts';
import { remembered } from '../remembered.ts';
import { argument, failure, writtenOut, type TemplateFunction } from './function.ts';

/**
 * `${__XPath(file,expression)}`: the next match in an XML file; after the last comes the first (`XPathWrapper.java`).
 * All users of all workers share the place in the matches of a file and an expression.
 *
 * A name without a prefix finds what is written without one, whatever the default namespace; the root element says
 * what prefixes stand for. An element gives all the text in it, where JMeter gives its first child; a number, text or
 * truth is one match. The file is read once per worker, in the encoding that it declares, without its DTD.
 */
export const xpath: TemplateFunction = {
  name: '__XPath',
  description:
    'The next match of an XPath 1.0 expression in an XML file: an attribute’s value or an element’s text. After the last comes the first; without a match it is empty.',
  example: { template: '${__XPath(orders.xml, //order/@id)}', gives: '7' },
  minArguments: 2,
  maxArguments: 2,
  usage: '(file, expression)',
  load: xmlParser.load,
  mistake: ([, expression]) =>
    typeof expression === 'string' ? xmlParser.use.xpathMistake(expression.trim()) : null,
  readsFile: ([file]) => writtenOut(file),
  make(args) {
    const [file, expression] = [argument(args, 0), argument(args, 1)];
    return (scope) => {
      const [path, sought] = [file(scope).trim(), expression(scope).trim()];
      const texts = matchesIn(path, scope.host)(sought);
      // What is found once needs no place: so any number of expressions with variables in them can be looked up.
      if (texts.length < 2) return texts[0] ?? '';
      const taken = scope.counters.nextNamed(`__XPath ${path} ${sought}`);
      return texts[(taken - 1) % texts.length] ?? '';
    };
  },
};

type Matches = (expression: string) => readonly string[];

/** All calls of a worker share their files. */
const filesByHost = new WeakMap<Host, Map<string, Matches>>();

function matchesIn(path: string, host: Host): Matches {
  const files = filesByHost.get(host) ?? new Map<string, Matches>();
  filesByHost.set(host, files);
  const matches = files.get(path) ?? matchesOf(path, host);
  files.set(path, matches);
  return matches;
}

function matchesOf(path: string, host: Host): Matches {
  const [xml, characters] = read(path, host);
  if ('mistake' in xml) {
    host.log('ERROR', `__XPath: ${path}: ${xml.mistake}`);
    return () => [];
  }
  return remembered((expression) => {
    try {
      const query = xmlParser.use.xpathQuery(expression);
      const ask = () => query(xml.document, { namespaces: {}, anyNamespace: true });
      const { texts } = host.bounded(`the XPath ${expression}`, characters, ask);
      if (texts.length === 0) host.log('WARN', `__XPath: nothing in ${path} matches ${expression}`);
      return texts;
    } catch (error) {
      host.log('ERROR', `__XPath: ${path}: ${expression}: ${failure(error)}`);
      return [];
    }
  });
}

/** The document, and how long its text is. */
function read(path: string, host: Host): readonly [XmlDocument, characters: number] {
  try {
    const found = host.readFile(path, 'utf-8');
    const encoding = /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)/.exec(found)?.[1] ?? 'utf-8';
    const text = /^utf-?8$/i.test(encoding) ? found : host.readFile(path, encoding);
    return [xmlParser.use.parseXml(text), text.length];
  } catch (error) {
    return [{ mistake: failure(error), depth: 0 }, 0];
  }
}
