// Loaded before a program by NODE_OPTIONS=--import. Counts what it does to the files of one folder, and at the n-th of these things
// kills the process, or simulates a full disk from then on. The write at that moment is cut in half.
import fs, { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { isMainThread } from 'node:worker_threads';

const { ZOO_KILL_FOLDER: folder, ZOO_KILL_LOG: log, ZOO_KILL_AT: at, ZOO_KILL_HOW: how } = process.env;

if (folder !== undefined && isMainThread) {
  let count = 0;
  const fds = new Set();
  const isInside = (file) =>
    (typeof file === 'string' || file instanceof URL) && `${path.resolve(String(file))}/`.startsWith(`${folder}/`);

  const full = (call) =>
    Object.assign(new Error(`ENOSPC: no space left on device, ${call}`), { code: 'ENOSPC', syscall: call });

  /** Counts one thing. @throws Where the disk is full now. */
  function point(call, file, half = () => {}) {
    count += 1;
    if (log) appendFileSync(log, `${count} ${process.pid} ${call} ${path.relative(folder, String(file))}\n`);
    if (how === 'kill' && count === Number(at)) {
      half();
      process.kill(process.pid, 'SIGKILL');
    }
    const takesRoom = ['open', 'write', 'mkdir', 'fsync'].includes(call);
    if (how !== 'full' || count < Number(at) || !takesRoom) return;
    half();
    throw full(call);
  }

  const halfOf = (data) => {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    return bytes.subarray(0, bytes.length >> 1);
  };

  const promises = fs.promises;
  const { open } = promises;
  promises.open = async (file, flags = 'r', ...rest) => {
    const writes = typeof flags === 'string' ? flags !== 'r' : (flags & 3) !== 0;
    if (!isInside(file) || !writes) return open(file, flags, ...rest);
    point('open', file);
    const handle = await open(file, flags, ...rest);
    fds.add(handle.fd);
    for (const name of ['writeFile', 'write']) {
      const original = handle[name].bind(handle);
      handle[name] = async (data, ...others) => {
        point('write', file, () => fs.writeSync(handle.fd, halfOf(data)));
        return original(data, ...others);
      };
    }
    const close = handle.close.bind(handle);
    handle.close = () => {
      fds.delete(handle.fd);
      return close();
    };
    return handle;
  };
  const { fsync } = fs;
  fs.fsync = (fd, done) => {
    try {
      if (fds.has(fd)) point('fsync', folder);
    } catch (error) {
      return done(error);
    }
    return fsync(fd, done);
  };
  for (const name of ['rename', 'rm', 'mkdir', 'rmdir', 'unlink']) {
    const original = promises[name];
    promises[name] = async (file, ...rest) => {
      if (isInside(file)) point(name, file);
      return original(file, ...rest);
    };
  }
  const { writeFile } = promises;
  promises.writeFile = async (file, data, ...rest) => {
    if (isInside(file)) point('write', file, () => fs.writeFileSync(file, halfOf(data)));
    return writeFile(file, data, ...rest);
  };
  syncBuiltinESMExports();
}
