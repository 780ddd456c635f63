export { nodeClock } from './clock.ts';
export type { DoorOptions } from './door.ts';
export { installDoor } from './door.ts';
