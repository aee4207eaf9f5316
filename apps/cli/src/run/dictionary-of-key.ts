import { chooseDictionary, type TensorFile } from '@zoo/weights';
import { withCliOptionNamesSync } from './weights-messages.ts';

/**
 * The network of a file that `--key` names; the file as it is without one. It is closed with the file.
 *
 * @throws ZooError `unknown-name` where nothing lies there.
 */
export const dictionaryOfKey = (file: TensorFile, key: string | undefined): TensorFile =>
  key === undefined ? file : withCliOptionNamesSync(() => chooseDictionary(file, key));
