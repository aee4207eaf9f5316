import { describe, expect, it } from 'vitest';
import { npmDefaultRegistry, pipDefaultIndex } from './default-registry.ts';

describe('where npm and pip look when nobody has set anything', () => {
  it('is what npm says without the user’s settings', async () => {
    const own = await npmDefaultRegistry({ ...process.env, npm_config_registry: 'https://mirror.example.org/' });
    expect(own).toMatch(/^https:\/\/.*\/$/);
    expect(own).not.toContain('mirror.example.org');
  });

  it('says what to do without npm or Python', async () => {
    await expect(npmDefaultRegistry({ PATH: '' })).rejects.toThrow(
      'no npm registry is set, and npm, which knows one, cannot be run. Put a line registry=ADDRESS into .npmrc',
    );
    await expect(pipDefaultIndex({ PATH: '' })).rejects.toThrow(
      'no index of Python packages is set, and pip, which knows one, cannot be run. Set PIP_INDEX_URL',
    );
  });
});
