import type { Project } from './project.ts';
import type { Row } from './setups.ts';
import { commandLineSteps } from './steps/command-line.ts';
import { generatorSteps } from './steps/generator.ts';
import { nodeSteps } from './steps/node.ts';
import { pageSteps } from './steps/page.ts';
import type { Steps } from './steps/steps.ts';
import { typesSteps } from './steps/types.ts';

/** What a row does, by its kind. */
export function stepsOf(row: Row, project: Project): Steps {
  if ('program' in row) return nodeSteps(row, project);
  if ('types' in row) return typesSteps(row, project);
  if ('page' in row) return pageSteps(row, project);
  if ('generator' in row) return generatorSteps(row, project);
  return commandLineSteps(row, project);
}
