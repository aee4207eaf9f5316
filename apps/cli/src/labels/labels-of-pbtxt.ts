import { inOrder, type NumberedName } from './numbered-names.ts';
import { refuseLabels } from './refuse-labels.ts';

/** Fields of an item: `id: 1`, `name: "/m/01yrx"`, `display_name: 'cat'`. A quote without an end is a field of its own, so that none is gone through twice. */
const fields = /(\w{1,40})\s{0,20}:\s{0,20}(?:(\d{1,15})|"((?:[^"\\\n]|\\.)*)"?|'((?:[^'\\\n]|\\.)*)'?)/g;

/**
 * Names in a label map of TensorFlow's Object Detection, `item { id: 1 name: 'cat' }`, in the order of their ids; `undefined` for what is none.
 *
 * @throws ZooError `data` for an item without an id or a name, and ids with gaps.
 */
export function labelsOfPbtxt(file: string, text: string): string[] | undefined {
  if (!/^(?:\s|#.*\n)*item\s*:?\s*\{/.test(text)) return undefined;
  const items = text.split(/^\s*item\s*:?\s*\{/m).slice(1);
  return inOrder(
    file,
    items.map((item, place): NumberedName => {
      const found = new Map(
        Array.from(item.matchAll(fields), ([, key = '', number, double, single]) => [
          key,
          number ?? double ?? single ?? '',
        ]),
      );
      const id = found.get('id');
      const name = found.get('display_name') ?? found.get('name');
      if (id === undefined || name === undefined)
        return refuseLabels(file, `item ${place + 1} has no ${id === undefined ? 'id' : 'name'}`);
      return [Number(id), name.replace(/\\(.)/g, '$1')];
    }),
  );
}
