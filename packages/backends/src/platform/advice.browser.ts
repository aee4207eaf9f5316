/** How to install packages, for the developer of the page: its visitors have no command line. */
export const installAdvice = (...packages: readonly string[]): string =>
  `add ${packages.join(' and ')} to the packages of the page, and rebuild it`;
