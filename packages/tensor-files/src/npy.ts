export { npyBytes } from './codecs/numpy/npy-bytes.ts';
