import type { NamedBytes } from './bytes.ts';

/** What a zip archive is, by the names in it. */
const kinds: readonly { holds: RegExp; what: string; advice: string }[] = [
  {
    holds: /(?:^|\/)(?:archive_format|serialized_exported_program\.json)$/,
    what: 'is an archive of torch.export',
    advice: 'Save its weights alone: torch.save(torch.export.load(FILE).state_dict, "model.pth")',
  },
  { holds: /\.mlmodel$|com\.apple\.CoreML/, what: 'is a model of Core ML', advice: 'Give what it was converted from' },
  {
    holds: /(?:^|\/)saved_model\.pb$/,
    what: 'is a zip archive of a SavedModel of TensorFlow',
    advice: 'In TensorFlow, save the model as .h5 or .keras',
  },
];

/** As much of a directory as is looked through. */
const seen = 2 ** 16;

/**
 * Names of a zip archive out of the directory at its end, as far as they are found there: nothing is checked. Its reader is not
 * used, which pages have with other formats.
 */
async function namesIn(source: NamedBytes): Promise<string[]> {
  const length = Math.min(seen, source.size);
  const text = new TextDecoder('latin1').decode(await source.read(source.size - length, length));
  // An entry is 46 bytes, from its mark on, and its name behind them.
  return text
    .split('PK\x01\x02')
    .slice(1)
    .map((entry) => entry.slice(42, 42 + entry.charCodeAt(24) + 256 * entry.charCodeAt(25)));
}

/** What a zip archive is that holds no tensors in any format; undefined where that is not known. */
export async function foreignArchive(source: NamedBytes): Promise<{ what: string; advice: string } | undefined> {
  const names = await namesIn(source);
  return kinds.find(({ holds }) => names.some((name) => holds.test(name)));
}
