// What the module exports. Every kernel answers with a status, see pool.ts.
export { initialize, enter, serve, fail } from './pool';
export { sumRows } from './sum-rows';
