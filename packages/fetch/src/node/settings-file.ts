import { readFile } from 'node:fs/promises';
import { parse } from 'ini';

/** Settings by name, as a file has them. */
export type Settings = Record<string, unknown>;

/** `${NAME}` of the environment in its place, `${NAME?}` as nothing where there is none; an unknown one stays, as npm has it. */
export const withVariables = (text: string, env: NodeJS.ProcessEnv): string =>
  text.replaceAll(
    /\$\{([^}?]+)(\?)?\}/g,
    (whole, name: string, optional?: string) => env[name] ?? (optional === undefined ? whole : ''),
  );

/** A settings file in ini form, `undefined` where there is none. */
export async function readSettingsFile(file: string, env: NodeJS.ProcessEnv): Promise<Settings | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const filled = (value: unknown): unknown => {
    if (typeof value === 'string') return withVariables(value, env);
    if (Array.isArray(value)) return value.map(filled);
    return value;
  };
  return Object.fromEntries(
    Object.entries(parse(text)).map(([key, value]) => [withVariables(key, env), filled(value)]),
  );
}
