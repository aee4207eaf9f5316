import { escaped, htmlTable } from '../views/html.ts';
import proofs from './backend-ops.json';

const { node, backends } = proofs;

const errorOf = ({ ops }: (typeof backends)[number], op: string): string =>
  ops.find((one) => one.op === op)?.error.toExponential(0) ?? '';

export default {
  load: () => ({
    node,
    table: htmlTable(
      [{ title: 'Op, with its gradients' }, ...backends.map(({ name }) => ({ title: name }))],
      (backends[0]?.ops ?? []).map(({ op }) => [escaped(op), ...backends.map((backend) => errorOf(backend, op))]),
    ),
    devices: htmlTable(
      [{ title: 'Backend' }, { title: 'Computed on' }],
      backends.map(({ name, detail }) => [`<code>${escaped(name)}</code>`, escaped(detail)]),
    ),
  }),
};

export declare const data: { node: string; table: string; devices: string };
