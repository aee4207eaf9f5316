import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { signatureOf } from './signature.ts';

/** What a page shows of a declaration. */
function shown(code: string, name: string): string {
  const [statement] = ts.createSourceFile('a.d.ts', code, ts.ScriptTarget.Latest, true).statements;
  if (!statement) throw new Error('no statement');
  return signatureOf(statement, name);
}

describe('signatureOf', () => {
  it('shows a constant that holds a function as a function', () => {
    expect(shown('export declare const sgd: (options?: Partial<Sgd>) => Sgd;', 'sgd')).toBe(
      'function sgd(options?: Partial<Sgd>): Sgd',
    );
  });

  it('calls options that are taken apart by what they are to a caller', () => {
    expect(shown('export declare function build(spec: Spec, { seed }?: Options): Model;', 'build')).toBe(
      'function build(spec: Spec, options?: Options): Model',
    );
  });

  it('breaks what is too long for a page', () => {
    const code = `export declare function f(first: ${'A'.repeat(40)}, second: ${'B'.repeat(40)}): void;`;
    expect(shown(code, 'f')).toBe(`function f(\n  first: ${'A'.repeat(40)},\n  second: ${'B'.repeat(40)},\n): void`);
  });

  it('leaves out of a class what is private, and what tf.layers asks of every layer', () => {
    const code = `export declare class Dropout extends Layer {
    static readonly className = "Dropout";
    private mask;
    #hidden;
    /** Share of zeros. */
    readonly rate: number;
    constructor({ rate }: Options);
    call(inputs: Tensor): Tensor;
}`;
    expect(shown(code, 'Dropout')).toBe(
      'class Dropout extends Layer {\n  /** Share of zeros. */\n  readonly rate: number;\n  constructor(options: Options);\n}',
    );
  });
});
