/**
 * What an example is decoded from, as data that a worker can be given: see `Dataset.sourceOf`.
 */
export interface ExampleSource {
  /** A path (Node), an address, or a Blob. */
  readonly file: string | Blob;
  /** For messages. */
  readonly name: string;
  /** Where its bytes lie in the file. Default: they are the whole file. */
  readonly range?: { readonly offset: number; readonly length: number };
  /** Greys become three equal channels, or colours their luminance, where the data set has been given other channels. */
  readonly channels?: number;
}
