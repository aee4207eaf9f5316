export { type __Name__Preset, __name__, __name__Family, presets } from './__file__.ts';
