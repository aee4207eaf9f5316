/** The bytes of a file of weights: the build makes a module of them, which is loaded on demand. */
declare module '*.safetensors' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
