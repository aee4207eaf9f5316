// The page fetches these by address.
import { cpSync } from 'node:fs';

cpSync('node_modules/@zoo/backends/dist/browser/wasm', 'public/wasm', { recursive: true });
