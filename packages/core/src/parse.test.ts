import { describe, expect, it } from 'vitest';
import {
  parseArray,
  parseBoolean,
  parseDictionary,
  parseEither,
  parseInteger,
  parseKind,
  parseLiteral,
  parseNumber,
  parseObject,
  parseString,
} from './parse.ts';
import { ZooError } from './zoo-error.ts';

describe('values', () => {
  it('come back as they are', () => {
    expect(parseString('', 'f')).toBe('');
    expect(parseBoolean(false, 'f')).toBe(false);
    expect(parseNumber()(-1.5, 'f')).toBe(-1.5);
    expect(parseNumber(0, 1)(1, 'f')).toBe(1);
    expect(parseInteger()(0, 'f')).toBe(0);
    expect(parseInteger()(2 ** 32 - 1, 'f')).toBe(2 ** 32 - 1);
    expect(parseLiteral(1, 0)(0, 'f')).toBe(0);
    expect(parseLiteral(false)(false, 'f')).toBe(false);
  });

  it.each([
    ['text', parseString, 5, 'f: expected a text, found 5.'],
    ['text', parseString, undefined, 'f: expected a text, found undefined.'],
    ['boolean', parseBoolean, 'true', "f: expected true or false, found 'true'."],
    ['boolean', parseBoolean, null, 'f: expected true or false, found null.'],
    ['number', parseNumber(0, 1), 1.01, 'f: expected a number from 0 to 1, found 1.01.'],
    ['number', parseNumber(), Number.NaN, 'found NaN.'],
    ['number', parseNumber(), Number.POSITIVE_INFINITY, 'found Infinity.'],
    ['number', parseNumber(), '3', "found '3'."],
    ['integer', parseInteger(1, 9), 0, 'f: expected a whole number from 1 to 9, found 0.'],
    ['integer', parseInteger(), 0.5, 'found 0.5.'],
    ['integer', parseInteger(), -1, 'found -1.'],
    ['integer', parseInteger(), 2 ** 32, 'found 4294967296.'],
    ['integer', parseInteger(), [3], 'found a list of 1.'],
    ['literal', parseLiteral('rgb', 'bgr'), 'gbr', "f: expected one of 'rgb', 'bgr', found 'gbr'."],
    ['literal', parseLiteral(1, 255), '1', "f: expected one of 1, 255, found '1'."],
    ['list', parseArray(parseString), {}, 'f: expected a list, found an object.'],
    ['list', parseArray(parseString), ['a', 1], 'f[1]: expected a text, found 1.'],
  ])('a wrong %s is named', (_what, parse, value, message) => {
    expect(() => parse(value, 'f')).toThrow(message);
    expect(() => parse(value, 'f')).toThrow(ZooError);
  });

  it('are shown shortened', () => {
    expect(() => parseNumber()('x'.repeat(1000), 'f')).toThrow(`found '${'x'.repeat(35)}...'.`);
  });

  it('are refused without being walked through', () => {
    let deep: unknown[] = [];
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(() => parseString(deep, 'f')).toThrow('f: expected a text, found a list of 1.');
  });
});

describe('parseEither', () => {
  const parse = parseEither(parseLiteral('classes'), parseInteger(1));

  it('takes both', () => {
    expect(parse('classes', 'f')).toBe('classes');
    expect(parse(10, 'f')).toBe(10);
  });

  it('names what the last one wants', () => {
    expect(() => parse('class', 'f')).toThrow("f: expected a whole number from 1 to 4294967295, found 'class'.");
  });
});

describe('parseDictionary', () => {
  const parse = parseDictionary(parseNumber(0));

  it('takes any names', () => {
    expect(parse({ cat: 1, ['__proto__']: 2 }, 'f')).toEqual({ cat: 1, ['__proto__']: 2 });
    expect(parse({}, 'f')).toEqual({});
  });

  it.each([
    [{ cat: -1 }, 'f.cat: expected a number from 0 to Infinity, found -1.'],
    [[1], 'f: expected an object, found a list of 1.'],
  ])('refuses %j', (value, message) => {
    expect(() => parse(value, 'f')).toThrow(message);
  });
});

describe('parseObject', () => {
  const parse = parseObject<{ size: number; name?: string }>({ size: parseInteger() }, { name: parseString });

  it('keeps known fields, and leaves out what is not there', () => {
    expect(parse({ size: 3 }, 'f')).toStrictEqual({ size: 3 });
    expect(parse({ size: 3, name: 'a' }, 'f')).toStrictEqual({ size: 3, name: 'a' });
    expect(parse({ size: 3, name: undefined }, 'f')).toStrictEqual({ size: 3 });
  });

  it.each([
    [{}, 'f.size: expected a whole number from 0 to 4294967295, found undefined.'],
    [{ size: 3, name: 4 }, 'f.name: expected a text, found 4.'],
    [{ size: 3, sise: 4 }, 'f.sise: expected no such field, found 4.'],
    [[], 'f: expected an object, found a list of 0.'],
    [null, 'f: expected an object, found null.'],
  ])('refuses %j', (value, message) => {
    expect(() => parse(value, 'f')).toThrow(message);
  });

  it.each(['__proto__', 'constructor', 'toString'])('refuses the field %s, which every object seems to have', (key) => {
    const value: unknown = JSON.parse(`{"size": 3, "${key}": {"polluted": true}}`);
    expect(() => parse(value, 'f')).toThrow(`f.${key}: expected no such field, found an object.`);
  });
});

describe('parseKind', () => {
  type Shape = { kind: 'circle'; radius: number } | { kind: 'point' };
  const parse = parseKind<Shape>({
    circle: parseObject<Extract<Shape, { kind: 'circle' }>>({ kind: parseLiteral('circle'), radius: parseNumber() }),
    point: parseObject<Extract<Shape, { kind: 'point' }>>({ kind: parseLiteral('point') }),
  });

  it('reads by kind', () => {
    expect(parse({ kind: 'circle', radius: 2 }, 'f')).toEqual({ kind: 'circle', radius: 2 });
    expect(parse({ kind: 'point' }, 'f')).toEqual({ kind: 'point' });
  });

  it.each([
    [{ kind: 'square' }, "f.kind: expected one of circle, point, found 'square'."],
    [{ kind: 'constructor' }, "f.kind: expected one of circle, point, found 'constructor'."],
    [{}, 'f.kind: expected one of circle, point, found undefined.'],
    [{ kind: 'circle' }, 'f.radius: expected a number'],
    [7, 'f: expected an object, found 7.'],
  ])('refuses %j', (value, message) => {
    expect(() => parse(value, 'f')).toThrow(message);
  });
});
