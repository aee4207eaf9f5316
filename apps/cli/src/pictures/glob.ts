import path from 'node:path';
import { listPictures } from '@zoo/loaders';

/** A pattern of the shell's, which it has not expanded: `'photos/*.jpg'`. */
export const isPattern = (given: string): boolean => /[*?]|\[[^\]]+\]|\{[^}]*,[^}]*\}/.test(given);

const special = /[\\^$.|+()[\]{}*?]/;

/** A part of a pattern between slashes as a regular expression. */
function segmentExpression(segment: string): string {
  const [, negated, members, alternatives, sign = ''] =
    /^(?:\[(!|\^)?([^\]]+)\]|\{([^}]*,[^}]*)\}|(.))/su.exec(segment) ?? [];
  if (members !== undefined) {
    const taken = members.length + (negated ? 3 : 2);
    const set = members.replace(/[\\\]^]/g, '\\$&');
    return `[${negated ? '^/' : ''}${set}]${segmentExpression(segment.slice(taken))}`;
  }
  if (alternatives !== undefined)
    return `(?:${alternatives.split(',').map(segmentExpression).join('|')})${segmentExpression(segment.slice(alternatives.length + 2))}`;
  if (sign === '') return '';
  const one = sign === '*' ? '[^/]*' : sign === '?' ? '[^/]' : special.test(sign) ? `\\${sign}` : sign;
  return one + segmentExpression(segment.slice(sign.length));
}

/** Segments as a regular expression for a path below their root, or for what is in a folder of that path. */
const expression = (segments: readonly string[]): RegExp =>
  new RegExp(
    `^${segments
      .map((segment, index) => {
        const last = index === segments.length - 1;
        if (segment === '**') return last ? '.*' : '(?:[^/]+/)*';
        return segmentExpression(segment) + (last ? '' : '/');
      })
      .join('')}(?:/.*)?$`,
    'u',
  );

/** Pictures that match a pattern, and the folder above all that vary. */
export interface Matching {
  root: string;
  pictures: readonly string[];
}

/**
 * Pictures whose paths match a pattern, or lie in a folder whose path does, as when the shell expands it: `*`, `?`, `[a-z]`,
 * `{a,b}`, and `**` for folders in folders.
 *
 * @throws ZooError `not-found` without the folder that the pattern begins with.
 */
export async function matchingPictures(pattern: string): Promise<Matching> {
  const segments = pattern.split(path.sep === '\\' ? /[\\/]/ : '/');
  const first = segments.findIndex(isPattern);
  const fixed = segments.slice(0, first).join('/');
  const root = first === 0 ? '.' : fixed || '/';
  const varying = segments.slice(first);
  const [segment = ''] = varying;
  // `*.jpg` is about files of this folder: whatever lies below it is not looked through.
  const deep = varying.length > 1 || segment === '**' || !segment.includes('.');
  const { pictures } = await listPictures(root, { deep });
  const matches = expression(varying);
  return {
    root,
    pictures: pictures.filter((file) => matches.test(path.relative(root, file).split(path.sep).join('/'))),
  };
}
