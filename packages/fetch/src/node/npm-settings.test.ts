import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { serve } from '@zoo/testing/serve';
import { describe, expect, it, vi } from 'vitest';
import { fetchFile } from '../fetch-file.ts';
import { npmUser, temporaryFolder } from '../testing/npm-user.ts';
import { authorizationFor } from './authorization.ts';
import { npmSettings } from './npm-settings.ts';
import { proxyFor } from './proxy-for.ts';

const certificate = '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----';

describe('npmSettings', () => {
  it('reads the user’s npmrc as npm does, the environment above it', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'ca.pem'), `# ours\n${certificate}\n${certificate}\n`);
    await npmUser(
      [
        'registry=https://registry.example.org/npm',
        '@ours:registry=https://ours.example.org/',
        `cafile=${path.join(folder, 'ca.pem')}`,
        'strict-ssl=false',
        'https-proxy=http://proxy.example.org:3128',
        'noproxy=a.example.org,.b.example.org',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: npm's own placeholder for an environment variable.
        '//registry.example.org/npm/:_authToken=${SOME_TOKEN}',
      ].join('\n'),
    );
    vi.stubEnv('SOME_TOKEN', 'secret');
    expect(await npmSettings()).toMatchObject({
      registry: 'https://registry.example.org/npm/',
      scopes: { '@ours': 'https://ours.example.org/' },
      ca: [certificate, certificate],
      strictSsl: false,
      offline: false,
      proxy: undefined,
      httpsProxy: 'http://proxy.example.org:3128',
      noProxy: ['a.example.org', '.b.example.org'],
      byAddress: { '//registry.example.org/npm/:_authToken': 'secret' },
    });
    vi.stubEnv('npm_config_registry', 'https://other.example.org/');
    vi.stubEnv('npm_config_strict_ssl', 'true');
    vi.stubEnv('NPM_CONFIG_OFFLINE', 'true');
    expect(await npmSettings()).toMatchObject({
      registry: 'https://other.example.org/',
      strictSsl: true,
      offline: true,
    });
  });

  it('takes the project’s npmrc above the user’s, and the machine’s below it', async () => {
    await npmUser('registry=https://user.example.org/');
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, 'src'));
    await writeFile(path.join(folder, 'package.json'), '{}');
    await writeFile(path.join(folder, '.npmrc'), 'registry=https://project.example.org/');
    const machine = path.join(folder, 'machine-npmrc');
    await writeFile(machine, 'registry=https://machine.example.org/\nproxy=http://proxy.example.org/');
    vi.stubEnv('npm_config_globalconfig', machine);
    expect(await npmSettings(process.env, path.join(folder, 'src'))).toMatchObject({
      registry: 'https://project.example.org/',
      proxy: 'http://proxy.example.org/',
      httpsProxy: 'http://proxy.example.org/',
    });
  });

  it('names a file of certificates that cannot be read', async () => {
    await npmUser('cafile=/nowhere/ca.pem');
    await expect(npmSettings()).rejects.toThrow(/^npm's cafile \/nowhere\/ca\.pem: cannot be read \(ENOENT/);
  });

  it('takes the environment’s proxies where npm’s settings say nothing', async () => {
    await npmUser('');
    vi.stubEnv('HTTPS_PROXY', 'http://secure.example.org');
    vi.stubEnv('http_proxy', 'plain.example.org:8080');
    vi.stubEnv('NO_PROXY', 'localhost');
    const settings = await npmSettings();
    expect(proxyFor(new URL('https://a.org/'), settings)).toBe('http://secure.example.org');
    expect(proxyFor(new URL('http://a.org/'), settings)).toBe('http://plain.example.org:8080');
    expect(proxyFor(new URL('http://localhost/'), settings)).toBeUndefined();
  });
});

describe('proxyFor', () => {
  it('leaves out what noproxy names', () => {
    const at = (address: string, ...noProxy: string[]) =>
      proxyFor(new URL(address), { proxy: 'http://p', httpsProxy: 'http://q', noProxy });
    expect(at('https://a.example.org/')).toBe('http://q');
    expect(at('https://a.example.org/', 'example.org')).toBeUndefined();
    expect(at('https://a.example.org/', '.example.org')).toBeUndefined();
    expect(at('https://aexample.org/', 'example.org')).toBe('http://q');
    expect(at('https://a.example.org:8080/', 'a.example.org:80')).toBe('http://q');
    expect(at('http://a.example.org:8080/', 'a.example.org:8080')).toBeUndefined();
    expect(at('http://a.example.org/', '*')).toBeUndefined();
  });
});

describe('authorizationFor', () => {
  it('takes the credentials of the longest path of the host, and never another host’s', () => {
    const byAddress = {
      '//a.org/:_authToken': 'whole',
      '//a.org/npm/ours/:_authToken': 'ours',
      '//b.org/:username': 'me',
      '//b.org/:_password': Buffer.from('pass').toString('base64'),
      '//c.org:8080/:_auth': 'bWU6cGFzcw==',
    };
    const at = (address: string) => authorizationFor(new URL(address), { byAddress }).Authorization;
    expect(at('https://a.org/npm/ours/x.tgz')).toBe('Bearer ours');
    expect(at('https://a.org/npm/x.tgz')).toBe('Bearer whole');
    expect(at('https://b.org/x')).toBe('Basic bWU6cGFzcw==');
    expect(at('https://c.org:8080/x/y')).toBe('Basic bWU6cGFzcw==');
    expect(at('https://c.org/x')).toBeUndefined();
    expect(at('https://a.org.evil.org/x')).toBeUndefined();
  });
});

describe('the user’s npm settings', () => {
  it('hold for every address: asked for through the proxy, and without credentials', async () => {
    const asked: (string | undefined)[] = [];
    const proxy = await serve((request, response) => {
      asked.push(request.url, request.headers.authorization);
      response.end('hello');
    });
    await npmUser(
      `proxy=${proxy}\nregistry=http://registry.invalid\n//official.invalid/:_authToken=never\n//registry.invalid/:_authToken=secret`,
    );
    const file = await fetchFile('http://official.invalid/folder/file', { cache: await temporaryFolder() });
    expect(Buffer.from(await file.read(0, file.size)).toString()).toBe('hello');
    await file.close();
    expect(asked).toEqual(['http://official.invalid/folder/file', undefined]);
  });

  it('can forbid the network', async () => {
    const url = await serve((_, response) => response.end('hello'));
    await npmUser('offline=true');
    await expect(fetchFile(`${url}a`, { cache: await temporaryFolder(), retries: { pause: 1 } })).rejects.toThrow(
      /a: cannot be fetched, npm's settings say offline\. /,
    );
  });
});
