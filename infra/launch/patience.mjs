// How long tests wait before something counts as never happening. A limit is for what hangs, not for what is slow: a machine may do twenty
// other things beside the tests, and then all of them take twenty times as long.

/** Milliseconds: for a whole test or hook, and for one thing that it waits for. */
export const patience = { test: 900_000, wait: 120_000 };
