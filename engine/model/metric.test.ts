import { describe, expect, it } from 'vitest';
import { metricValue, type MetricType } from './metric.ts';

const valueOf = (type: MetricType, given: string | number | boolean) =>
  metricValue({ name: 'm', type, unit: '', description: '' }, given);

describe('metricValue', () => {
  it.each<[MetricType, string | number | boolean, number]>([
    ['counter', 3, 3],
    ['counter', ' 2.5 ', 2.5],
    ['counter', 0, 0],
    ['counter', 1e300, 1e300],
    ['gauge', '-4', -4],
    ['gauge', '1e3', 1000],
    ['gauge', '.5', 0.5],
    ['rate', true, 1],
    ['rate', 'false', 0],
    ['rate', '1', 1],
    ['rate', 0, 0],
    ['trend', '0.25', 0.25],
    ['trend', 9e12, 9e12],
  ])('a %s takes %j', (type, given, value) => {
    expect(valueOf(type, given)).toBe(value);
  });

  it.each<[MetricType, string | number | boolean, string]>([
    ['counter', -1, 'a counter only rises: it takes numbers from 0, found -1'],
    ['counter', '${records}', 'a counter takes a number, found "${records}"'],
    ['counter', '', 'a counter takes a number, found ""'],
    ['counter', true, 'a counter takes a number, found true'],
    ['counter', '0x10', 'a counter takes a number, found "0x10"'],
    ['gauge', 'Infinity', 'a gauge takes a number, found "Infinity"'],
    ['gauge', Number.NaN, 'a gauge takes a number, found NaN'],
    ['rate', 0.5, 'a rate takes 0, 1, true or false, found 0.5'],
    ['rate', 'yes', 'a rate takes 0, 1, true or false, found "yes"'],
    ['trend', -0.1, 'a trend takes numbers from 0 to 9000000000000, found -0.1'],
    ['trend', 1e13, 'a trend takes numbers from 0 to 9000000000000, found 10000000000000'],
    ['trend', '12 ms', 'a trend takes a number, found "12 ms"'],
  ])('a %s refuses %j', (type, given, mistake) => {
    expect(valueOf(type, given)).toBe(mistake);
  });
});
