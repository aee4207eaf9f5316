/** How to get packages. */
export const toGet = (...packages: readonly string[]): string => `npm install ${packages.join(' ')}`;
