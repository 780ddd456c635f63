import './ambient.ts';
import { stormOf } from './storm-of-seeds.ts';

stormOf(2, 2);
