const ending = /\.(?:tar|tar\.gz|tgz)$/i;

/** Whether a file, or a pattern of files, is called as a shard: `.tar`, `.tar.gz`, `.tgz`. */
export const isShardName = (name: string): boolean => ending.test(name);

export const withoutShardEnding = (name: string): string => name.replace(ending, '');
