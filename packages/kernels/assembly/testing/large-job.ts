// A job whose arguments do not fit: a test has it refused.
import { job } from '../threads/job';

@unmanaged
class LargeJob {
  v0: v128;
  v1: v128;
  v2: v128;
  v3: v128;
  v4: v128;
  v5: v128;
  v6: v128;
  v7: v128;
  v8: v128;
  v9: v128;
  v10: v128;
  v11: v128;
  v12: v128;
  v13: v128;
  v14: v128;
  v15: v128;
  v16: v128;
  v17: v128;
  v18: v128;
  v19: v128;
  v20: v128;
  v21: v128;
  v22: v128;
  v23: v128;
  v24: v128;
}

export function largeJob(): usize {
  return changetype<usize>(job<LargeJob>());
}
