import type { ModelSpec } from '@zoo/spec';

/** A data set that fits the preset's channels, and the options it takes to fit its ten classes. */
export function dataFor({ input, classes }: ModelSpec): { loader: string; data: string; options: string } {
  const grey = input[2] === 1;
  return {
    loader: grey ? 'mnist' : 'cifar10',
    data: grey ? 'mnist' : 'cifar10',
    options: classes === 10 ? '' : ', { classes: 10 }',
  };
}

/** A complete module that trains the preset. */
export function typescriptUsage(spec: ModelSpec): string {
  const { loader, options } = dataFor(spec);
  return [
    `import { ${spec.family} } from '@zoo/${spec.family}';`,
    "import { useBackend } from '@zoo/backends';",
    `import { ${loader} } from '@zoo/loaders';`,
    "import { train } from '@zoo/trainers';",
    '',
    "await useBackend('auto');",
    `const model = ${spec.family}('${spec.preset}'${options});`,
    `const { training, test } = await ${loader}();`,
    'for await (const event of train(model, training, { validation: test }))',
    "  if (event.type === 'epoch') console.log(event.epoch, event.validation?.top1);",
  ].join('\n');
}

/** The same in a terminal where `@zoo/cli` is installed. */
export function cliUsage(spec: ModelSpec): string {
  const name = `${spec.family}/${spec.preset}`;
  const { data } = dataFor(spec);
  return [
    `zoo summary ${name}`,
    `zoo train ${name} --data ${data} --out runs/${spec.preset}`,
    `zoo classify runs/${spec.preset} picture.png`,
  ].join('\n');
}
