import type { TestProject } from 'vitest/node';

/** What a page of Chromium has: WebGPU on its own software adapter, and nothing of Node's. */
export default function page(project: TestProject): void {
  project.provide('webgpu', true);
  project.provide('node', false);
  project.provide('nodeGpu', false);
}
