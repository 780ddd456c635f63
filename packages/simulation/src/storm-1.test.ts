import './ambient.ts';
import { stormOf } from './storm-of-seeds.ts';

stormOf(1, 2);
