// The whole program of a worker that decodes and transforms pictures.
import { serve } from '#worker-side';
import { replyTo } from './pool/run-task.ts';

serve(replyTo);
