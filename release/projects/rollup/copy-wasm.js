// The page fetches these by address, and the bundler leaves them where they are.
import { cpSync } from 'node:fs';

cpSync('node_modules/@tensorflow/tfjs-backend-wasm/wasm-out', 'public/wasm', { recursive: true });
