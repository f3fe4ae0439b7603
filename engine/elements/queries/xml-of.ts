import { xmlParser } from '../../markup/xml-parser.ts';
import type { XmlDocument } from '../../markup/xml.ts';
import type { Answer } from '../element.ts';

const documents = new WeakMap<Answer, XmlDocument>();

/** The body of an answer as XML, parsed once however many look at it. The parser must be loaded. */
export function xmlOf(answer: Answer): XmlDocument {
  let document = documents.get(answer);
  if (!document) documents.set(answer, (document = xmlParser.use.parseXml(answer.text())));
  return document;
}
