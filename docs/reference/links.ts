/** Where the sources are. */
export const repository = 'https://github.com/zoo-js/zoo';

/** A file or a folder of the repository. */
export const sourceUrl = (place: string): string =>
  `${repository}/${/\.\w+$/.test(place) ? 'blob' : 'tree'}/main/${place}`;

/** Where a package is published. */
export const packageUrl = (name: string): string => `https://www.npmjs.com/package/${name}`;

/** All of them. */
export const packageSearch = 'https://www.npmjs.com/search?q=%40zoo';
