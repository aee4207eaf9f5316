import { ZooError } from '@zoo/core';

/** The names of a new package, in each form that is needed. */
export interface Names {
  /** Files, family and preset: `my-net`. */
  file: string;
  /** The builder: `myNet`. */
  camel: string;
  /** The class in PyTorch, and types: `MyNet`. */
  pascal: string;
}

/** Invalid names for the builder: words of JavaScript, and names that the template uses. */
const reservedWords =
  'await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield arguments eval undefined presets table configure family tf tfl index buildModel describe expect it'.split(
    ' ',
  );

/** Reserved file names of Windows, whatever their extension. */
const windowsDevices = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** The registry's limit for the name of a package. */
const maxNameLength = 214;

/**
 * The names of a package.
 *
 * @throws ZooError `usage` for a name that files or programs cannot have.
 */
export function namesOf(name: string): Names {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw new ZooError(
      'usage',
      `name: '${name}' is no name of a package, expected small letters, digits and single hyphens, such as my-net.`,
    );
  if (name.length > maxNameLength)
    throw new ZooError('usage', `name: has ${name.length} letters, expected ${maxNameLength} at most.`);
  const camel = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  if (reservedWords.includes(camel) || windowsDevices.test(name))
    throw new ZooError(
      'usage',
      `name: '${name}' is reserved by JavaScript, by Windows or in the package's own code. Choose another one.`,
    );
  return { file: name, camel, pascal: camel.slice(0, 1).toUpperCase() + camel.slice(1) };
}
