// Runs before each test file of the rooms that test properties: the same cases in every run, and others for whoever asks.
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20261122) });
