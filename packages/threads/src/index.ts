export { type Failure, fail, isFailure, type ThreadFailureCode, threadFailureCodes } from './failure.ts';
export { type JobOptions, type ThreadFailure, Threads, type ThreadsOptions, type Words } from './threads.ts';
export { work } from './work.ts';
