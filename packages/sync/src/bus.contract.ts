/** What every bus has to do, run by each adapter on its own ground. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bus } from './ports.ts';

/** An adapter and the handles a test needs that the port has no business to have. */
export interface BusUnderTest {
  /** Another process on the same bus. */
  join(): Promise<Bus>;
  /** Cuts every process from the bus; resolves when that has happened. They come back by themselves, or by `mend`. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

export function busContract(name: string, makeBus: () => Promise<BusUnderTest>): void {
  describe(`bus: ${name}`, () => {
    let made: BusUnderTest;
    let here: Bus;
    let there: Bus;
    let topics = 0;
    beforeAll(async () => {
      made = await makeBus();
      here = await made.join();
      there = await made.join();
    });
    afterAll(async () => {
      await Promise.all([here.close(), there.close()]);
      await made.close();
    });

    /** A topic that `to` hears, known to be in effect: probes are sent until one arrives. */
    async function hearing(from: Bus, to: Bus, hear: (bytes: Uint8Array, from: string) => void) {
      topics += 1;
      const topic = `topic/${topics}`;
      const stop = to.subscribe(topic, (bytes, sender) => {
        if (!isProbe(bytes)) hear(bytes, sender);
      });
      // After it: the last hearer of a topic that stops ends what is in effect.
      await heardOn(from, to, topic);
      return { topic, stop };
    }

    test('R40 every byte reaches the other process on its topic, with the name of its sender', async () => {
      const { promise, resolve } = Promise.withResolvers<readonly [Uint8Array, string]>();
      const { topic } = await hearing(here, there, (bytes, from) => resolve([bytes, from]));
      const all = Uint8Array.from({ length: 256 }, (_, i) => i);
      here.publish(topic, all);
      const [bytes, from] = await promise;
      expect([...bytes]).toEqual([...all]);
      expect(from).toBe(here.self);
      expect(here.self).not.toBe(there.self);
    });

    test('R40 nobody hears itself, another topic, or what it no longer listens to', async () => {
      const heard: string[] = [];
      const { promise, resolve } = Promise.withResolvers<void>();
      const ended = await hearing(here, there, () => heard.push('ended'));
      ended.stop();
      const other = await hearing(here, there, () => heard.push('other'));
      other.stop();
      const { topic } = await hearing(here, there, () => resolve());
      here.subscribe(topic, () => heard.push('self'));
      here.publish(ended.topic, new Uint8Array([1]));
      here.publish(topic, new Uint8Array([2]));
      await promise;
      expect(heard).toEqual([]);
    });

    test('R40 a large message comes whole, an empty one too', async () => {
      const sizes: number[] = [];
      const { promise, resolve } = Promise.withResolvers<void>();
      let sum = 0;
      const { topic } = await hearing(here, there, (bytes) => {
        sizes.push(bytes.length);
        for (const byte of bytes) sum = (sum * 31 + byte) % 1_000_003;
        if (bytes.length === 0) resolve();
      });
      const large = Uint8Array.from({ length: 200_000 }, (_, i) => (i * i) % 251);
      let expected = 0;
      for (const byte of large) expected = (expected * 31 + byte) % 1_000_003;
      here.publish(topic, large);
      here.publish(topic, new Uint8Array());
      await promise;
      expect(sizes).toEqual([200_000, 0]);
      expect(sum).toBe(expected);
    });

    test('R40 many messages on many topics in one go are all heard, both ways', async () => {
      const count = 500;
      const heard = new Set<number>();
      const { promise, resolve } = Promise.withResolvers<void>();
      const hear = (bytes: Uint8Array) => {
        heard.add(bytes[0]! * 256 + bytes[1]!);
        if (heard.size === count) resolve();
      };
      const mine = await Promise.all(
        Array.from({ length: count }, (_, i) =>
          i % 2 === 0 ? hearing(here, there, hear) : hearing(there, here, hear),
        ),
      );
      for (const [i, { topic }] of mine.entries()) {
        (i % 2 === 0 ? here : there).publish(topic, new Uint8Array([i >> 8, i & 255]));
      }
      await promise;
      expect(heard.size).toBe(count);
    });

    test('R49 a hearer that throws harms nobody', async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const { topic } = await hearing(here, there, () => {
        throw new Error('The hearer has a bug.');
      });
      there.subscribe(topic, (bytes) => {
        if (!isProbe(bytes)) resolve();
      });
      here.publish(topic, new Uint8Array([1]));
      await promise;
    });

    test('R40 after a cut it says so, and messages pass again, on topics of before too', async () => {
      const seen: number[] = [];
      const { topic } = await hearing(here, there, (bytes) => seen.push(bytes[0]!));
      const back = Promise.all(
        [here, there].map(
          (bus) =>
            new Promise<void>((resolve) => {
              const stop = bus.onReconnected(() => {
                stop();
                resolve();
              });
            }),
        ),
      );
      await made.cut();
      // Lost or late, whichever: publishing while cut off is harmless.
      here.publish(topic, new Uint8Array([1]));
      await made.mend();
      await back;
      await heardOn(here, there, topic);
      const { promise, resolve } = Promise.withResolvers<void>();
      there.subscribe(topic, (bytes) => {
        if (!isProbe(bytes) && bytes[0] === 2) resolve();
      });
      here.publish(topic, new Uint8Array([2]));
      await promise;
      expect(seen).toContain(2);
    });

    test('R40 closing sends what was published, and what comes after it is harmless', async () => {
      const brief = await made.join();
      const { promise, resolve } = Promise.withResolvers<void>();
      const { topic } = await hearing(brief, there, () => resolve());
      brief.publish(topic, new Uint8Array([1]));
      await brief.close();
      await promise;
      brief.publish(topic, new Uint8Array([2]));
      brief.subscribe(topic, () => undefined)();
      await brief.close();
    });
  });
}

const probe = new TextEncoder().encode('probe');

function isProbe(bytes: Uint8Array): boolean {
  return bytes.length === probe.length && bytes.every((byte, i) => byte === probe[i]);
}

/** Resolves when `to` hears `from` on the topic; a subscription takes effect some time after it was made. */
async function heardOn(from: Bus, to: Bus, topic: string): Promise<void> {
  let again: ReturnType<typeof setInterval> | null = null;
  await new Promise<void>((resolve) => {
    const stop = to.subscribe(topic, () => {
      stop();
      resolve();
    });
    from.publish(topic, probe);
    again = setInterval(() => from.publish(topic, probe), 50);
  });
  if (again !== null) clearInterval(again);
}
