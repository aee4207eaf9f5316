import { request } from '../node/request.ts';
import type { Transport } from '../transport.ts';

export const transport: Transport = { request, allowsConditions: () => true, base: () => undefined };
