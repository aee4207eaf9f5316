// What both sides of the module's boundary have to agree on, read from the compiled sources and written down as TypeScript.

/** Numbers of assembly/ that the other side computes with too. */
const constants = {
  ok: 'threads/status',
  threadFailed: 'threads/status',
  noAnswer: 'threads/status',
  jobOffset: 'threads/control',
  jobBytes: 'threads/control',
  tileColumns: 'gemm/blocking',
  fewChannels: 'gemm/pack/pack-image',
  points: 'convolution/winograd/lines',
};

/** What the other side reads and writes in passing. */
const shared = 'assembly/threads/control/Control';

/** What a parameter is there. */
const typeOf = { usize: 'number', i32: 'number', f32: 'number', f64: 'number', bool: 'boolean' };

/** The comment right before a declaration. */
function commentBefore({ range }) {
  const before = range.source.text.slice(0, range.start);
  return /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/.exec(before)?.[0].trim() ?? '';
}

const indented = (text) => text.replaceAll(/^ *(?=\S)/gm, (spaces) => `  ${spaces}`);

function signature(name, { declaration, signature: { parameterTypes } }, result) {
  const parameters = declaration.signature.parameters.map(({ name: { text } }, i) => {
    const type = parameterTypes[i].classReference ? 'number' : typeOf[parameterTypes[i].toString()];
    if (type === undefined) throw new Error(`${name}: ${text} is ${parameterTypes[i]}, which no caller can give`);
    return `${text}: ${type}`;
  });
  return `${commentBefore(declaration)}\n${name}(${parameters.join(', ')}): ${result};`.trim();
}

/** The fields of a class, with their offsets in bytes. */
function fieldsOf(prototype) {
  const [instance] = prototype.instances.values();
  return {
    fields: [...instance.members.values()].map(({ instance: field }) => field),
    bytes: instance.nextMemoryOffset,
  };
}

/** A structure that both sides read and write: where its fields lie, in bytes. */
function offsetsOf(prototype) {
  const lines = fieldsOf(prototype).fields.map(({ name, memoryOffset }) => `  ${name}: ${memoryOffset},`);
  return `${commentBefore(prototype.declaration)}\nexport const ${prototype.name} = {\n${lines.join('\n')}\n} as const;`;
}

/** A structure that functions take: its type, and what writes it down. */
function writerOf(prototype) {
  const { name, declaration } = prototype;
  const { fields, bytes } = fieldsOf(prototype);
  for (const field of fields)
    if (field.type.toString() !== 'i32') throw new Error(`${name}.${field.name}: only fields of i32 can be written`);
  const types = fields.map((field) => `  readonly ${field.name}: number;`);
  const stores = fields.map((field) => `  words[${field.memoryOffset / 4}] = values.${field.name};`);
  return `${commentBefore(declaration)}
export interface ${name} {
${types.join('\n')}
}

export const bytesOf${name} = ${bytes};

/** @param words Begin where the structure does. */
export function write${name}(words: Int32Array, values: ${name}): void {
${stores.join('\n')}
}`;
}

/** @param program The compiler's. @param module Not optimised yet, so that its constants are still there. */
export function boundaryOf(program, module, binaryen) {
  const exported = new Map();
  for (let i = 0; i < module.getNumExports(); i++) {
    const { name, kind } = binaryen.getExportInfo(module.getExportByIndex(i));
    if (kind !== binaryen.ExternalFunction) continue;
    const [instance] = program.filesByName.get('assembly/index').lookupExport(name).instances.values();
    exported.set(name, instance);
  }
  const returning = (...results) =>
    [...exported].filter(([, { signature }]) => results.includes(signature.returnType.toString()));
  const methods = (functions, result) => functions.map(([name, f]) => indented(signature(name, f, result))).join('\n');
  const taken = [...exported.values()].flatMap(({ signature: { parameterTypes } }) =>
    parameterTypes.flatMap(({ classReference }) => (classReference ? [classReference.internalName] : [])),
  );
  const globals = Object.entries(constants).map(([name, file]) => {
    const global = module.getGlobal(`assembly/${file}/${name}`);
    return `export const ${name} = ${binaryen.getExpressionInfo(binaryen.getGlobalInfo(global).init).value};`;
  });
  return `// Generated from assembly/ by npm run build:wasm. Do not edit.

/** Kernels: each answers with a status. Tensors are addresses of their first element; a structure, too, is its address. */
export interface Kernels {
${methods(returning('i32'), 'number')}
}

/** Plans: each answers with the bytes of scratch that what it plans will need. */
export interface Plans {
${methods(returning('usize'), 'number')}
}

/** The threads, and what is for measuring. */
export interface Others {
${methods(returning('void'), 'void')}
${methods(returning('bool'), 'number')}
}

export const exportNames: readonly string[] = [
${[...exported.keys()].map((name) => `  '${name}',`).join('\n')}
];

${offsetsOf(program.elementsByName.get(shared))}

${[...new Set(taken)].map((name) => writerOf(program.elementsByName.get(name))).join('\n\n')}

${globals.join('\n')}
`;
}
