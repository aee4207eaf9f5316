import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { npmUser, temporaryFolder } from '../testing/npm-user.ts';
import { serve } from '../testing/serve.ts';
import { packed } from '../testing/tiny-cifar.ts';
import { cacheFolder } from './cache-folder.ts';
import { download, networkError } from './download.ts';
import { npmSettings } from './npm-settings.ts';

describe('npmSettings', () => {
  it('reads the user’s npmrc as npm does, the environment above it', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'ca.pem'), '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n');
    await npmUser(
      [
        'registry=https://registry.example.org/npm/',
        `cafile=${path.join(folder, 'ca.pem')}`,
        'strict-ssl=false',
        'https-proxy=http://proxy.example.org:3128',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: npm's own placeholder for an environment variable.
        '//registry.example.org/npm/:_authToken=${SOME_TOKEN}',
      ].join('\n'),
    );
    vi.stubEnv('SOME_TOKEN', 'secret');
    expect(await npmSettings()).toMatchObject({
      registry: 'https://registry.example.org/npm/',
      ca: ['-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----'],
      strictSSL: false,
      httpsProxy: 'http://proxy.example.org:3128',
      '//registry.example.org/npm/:_authToken': 'secret',
    });
    expect(await npmSettings()).not.toHaveProperty('cache');
    vi.stubEnv('npm_config_registry', 'https://other.example.org/');
    expect(await npmSettings()).toMatchObject({ registry: 'https://other.example.org/' });
  });

  it('leaves the environment as it was', async () => {
    await npmUser('registry=https://registry.example.org/\nomit=dev');
    const before = { ...process.env };
    await npmSettings();
    expect({ ...process.env }).toEqual(before);
  });

  it('holds for official addresses too: they are asked for through the user’s proxy', async () => {
    const { content, bytes, integrity } = packed(Buffer.from('hello'));
    const asked: (string | undefined)[] = [];
    const proxy = await serve((request, response) => {
      asked.push(request.url, request.headers.authorization);
      response.end(content);
    });
    await npmUser(
      `proxy=${proxy}\nregistry=http://registry.invalid\n//example.invalid/:_authToken=never\n//registry.invalid/:_authToken=secret`,
    );
    const context = {
      wanted: [],
      workFolder: await temporaryFolder(),
      signal: new AbortController().signal,
      onProgress: () => {},
      patience: { firstByte: 5000, nextByte: 5000 },
    };
    await download({ url: 'http://official.invalid/folder/file', bytes, integrity }, context);
    expect(asked).toEqual(['http://official.invalid/folder/file', undefined]);
  });
});

describe('networkError', () => {
  it('says what happened', () => {
    const failure = (code: string, message: string) =>
      networkError(Object.assign(new Error(message), { code }), 'after 3 of 7 bytes').message;
    const lookup = 'request to https://x/y failed, reason: getaddrinfo ENOTFOUND x';
    expect(failure('ENOTFOUND', lookup)).toBe('host not found (getaddrinfo ENOTFOUND x)');
    expect(failure('ECONNRESET', 'aborted')).toBe('connection broke off after 3 of 7 bytes (aborted)');
    expect(failure('CERT_HAS_EXPIRED', 'certificate has expired')).toBe('certificate has expired');
  });
});

describe('cacheFolder', () => {
  it('follows $ZOO_CACHE, then the platform', () => {
    const home = path.join('home', 'me');
    expect(cacheFolder({ ZOO_CACHE: '/a', XDG_CACHE_HOME: '/b' }, 'linux')).toBe(path.resolve('/a'));
    expect(cacheFolder({ XDG_CACHE_HOME: '/b' }, 'linux')).toBe(path.join('/b', 'zoo'));
    expect(cacheFolder({ LOCALAPPDATA: home }, 'win32')).toBe(path.join(home, 'zoo'));
    expect(cacheFolder({ LOCALAPPDATA: home }, 'linux')).toMatch(/\.cache[\\/]zoo$/);
  });
});
