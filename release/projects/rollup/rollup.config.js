import commonjs from '@rollup/plugin-commonjs';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';

export default {
  input: 'main.js',
  output: { dir: 'public/assets', format: 'es' },
  plugins: [resolve({ browser: true }), commonjs(), terser()],
};
