import { ask } from '../node/ask.ts';
import type { Transport } from '../transport.ts';

export const transport: Transport = { ask, takesConditions: () => true, base: () => undefined };
