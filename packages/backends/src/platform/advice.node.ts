/** How to get packages. */
export const installAdvice = (...packages: readonly string[]): string => `npm install ${packages.join(' ')}`;
