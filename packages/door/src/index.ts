export { nodeClock } from './clock.ts';
export type { DoorOptions } from './door.ts';
export { installDoor } from './door.ts';
export type { Workers } from './workers.ts';
export { createWorkers } from './workers.ts';
