declare module '@npmcli/config' {
  export default class Config {
    constructor(options: {
      definitions: unknown;
      shorthands: unknown;
      flatten: unknown;
      cwd: string;
      argv: readonly string[];
      env: NodeJS.ProcessEnv;
      npmPath: string;
      warn: boolean;
    });
    load(): Promise<void>;
    readonly flat: Record<string, unknown>;
  }
}

declare module '@npmcli/config/lib/definitions/index.js' {
  const npm: { definitions: unknown; shorthands: unknown; flatten: unknown };
  export default npm;
}
