import { messageOf } from '../../model/errors.ts';
import { dateFormats } from '../dates/date-format.ts';
import { argument, storing, wholeNumber, type TemplateFunction } from './function.ts';

/**
 * `${__dateTimeConvert(date,from,to,variable)}`: a date in another Java date pattern; without `from` it is in
 * milliseconds since 1970. A date that cannot be read is logged and gives no text (`DateTimeConvertFunction.java`);
 * what its pattern leaves out is this year's first of January, midnight, where JMeter has no answer.
 */
export const dateTimeConvert: TemplateFunction = {
  name: '__dateTimeConvert',
  description:
    'A date written in another Java date pattern; without the first pattern it is in milliseconds since 1970.',
  example: { template: '${__dateTimeConvert(2026-03-01,yyyy-MM-dd,dd.MM.yyyy)}', gives: '01.03.2026' },
  minArguments: 3,
  maxArguments: 4,
  usage: '(date, [pattern = milliseconds], pattern, [variable])',
  setsVariable: 3,
  check(text, index) {
    if (index === 2 || (index === 1 && text !== '')) dateFormats()(text, '');
  },
  make(args) {
    const [date, from, to] = [argument(args, 0), argument(args, 1), argument(args, 2)];
    const formats = dateFormats();
    return storing(args, 3, (scope) => {
      const [source, target] = [from(scope), formats(to(scope), '')];
      const read = source === '' ? undefined : formats(source, '').read;
      const text = date(scope);
      try {
        return target.write(read ? read(text, scope.nowEpochMs()) : wholeNumber(text, 'the date'));
      } catch (error) {
        scope.host.log('ERROR', `__dateTimeConvert: ${messageOf(error)}`);
        return '';
      }
    });
  },
};
