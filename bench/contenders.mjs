// The contenders, each in its own process that is halted while others are measured: threads of some runtimes keep polling for work
// long after theirs is done, on cores that the next contender needs.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = (name) => fileURLToPath(new URL(`contenders/${name}`, import.meta.url));
const node = (name, ...args) => [process.execPath, script(name), ...args];
const onnxNetworks = ['torchvision', 'paper'];

/** For each its command, and its networks if it does not support all. The others are compared with the first one requested. */
export const contenders = {
  'zoo-wasm': ({ threads }) => ({ command: node('zoo.mjs', 'wasm', threads) }),
  'tfjs-wasm': () => ({ command: node('tfjs-wasm.mjs'), networks: onnxNetworks }),
  'onnxruntime-web': ({ threads, folder }) => ({
    command: node('onnxruntime.mjs', 'web', threads, folder),
    networks: onnxNetworks,
  }),
  'onnxruntime-node': ({ threads, folder }) => ({
    command: node('onnxruntime.mjs', 'node', threads, folder),
    networks: onnxNetworks,
  }),
  'zoo-node': ({ threads }) => ({ command: node('zoo.mjs', 'node', threads) }),
  pytorch: ({ threads }) => ({ command: [process.env.ZOO_BENCH_PYTHON ?? 'python3', script('pytorch.py'), threads] }),
};

/** Windows has no way to halt a process. */
const halts = process.platform !== 'win32';

/** Starts a contender, or says why it is missing. */
export async function startContender(name, options) {
  if (!contenders[name]) throw new Error(`--contenders: ${name} is none of ${Object.keys(contenders).join(', ')}.`);
  const { command, networks } = contenders[name](options);
  const child = spawn(command[0], command.slice(1), { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (piece) => {
    complaint = `${complaint}${piece}`.slice(-4000);
  });
  const failed = new Promise((resolve) => child.on('error', ({ message }) => resolve({ done: true, value: message })));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = () => Promise.race([lines.next(), failed]);
  const { done, value: first } = await next();
  if (done) return { missing: (complaint.match(/^\w*Error.*$/m)?.[0] ?? first ?? 'it does not start').slice(0, 200) };
  const { title, works } = JSON.parse(first);
  const halt = () => halts && child.kill('SIGSTOP');
  const goOn = () => halts && child.kill('SIGCONT');
  halt();
  return {
    name,
    title,
    works,
    networks,
    async measure([network, work, batch]) {
      goOn();
      child.stdin.write(`${work} ${network} ${batch}\n`);
      const { done, value } = await next();
      halt();
      if (done || !(Number(value) > 0))
        throw new Error(`${title}: ${network} ${work} ${batch} failed: ${value ?? ''}\n${complaint}`);
      return Number(value);
    },
    end() {
      goOn();
      child.stdin.end();
    },
  };
}
