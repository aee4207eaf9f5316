export { cachedInBrowser as fetched } from '../sources/cached-in-browser.ts';
