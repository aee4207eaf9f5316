// A worker that imports at run time is a module.
export default { worker: { format: 'es' } };
