/** What a kernel answers with: its items are done. */
export const ok: i32 = 0;
/** A thread broke down in its item. */
export const threadFailed: i32 = 1;
/** An item was taken and never finished. */
export const noAnswer: i32 = 2;
