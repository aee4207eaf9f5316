export { cacheFolder } from '@zoo/core/files';
