import fs from 'node:fs';

/** `e_machine` of the ELF format, by Node's names of processors. */
const elfMachines: Readonly<Record<number, string>> = { 3: 'ia32', 40: 'arm', 62: 'x64', 183: 'arm64', 243: 'riscv64' };

/**
 * The processor that a Linux library was built for; `undefined` where it is not one, or of a kind not known here.
 * The loader itself says of a library for another processor that there is no such file.
 */
export function elfMachine(file: string): string | undefined {
  const header = Buffer.alloc(20);
  const handle = fs.openSync(file, 'r');
  try {
    if (fs.readSync(handle, header) < header.length) return undefined;
  } finally {
    fs.closeSync(handle);
  }
  if (header.toString('latin1', 0, 4) !== '\x7fELF') return undefined;
  const littleEndian = header[5] === 1;
  return elfMachines[littleEndian ? header.readUInt16LE(18) : header.readUInt16BE(18)];
}
