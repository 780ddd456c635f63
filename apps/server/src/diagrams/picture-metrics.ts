import { isFailure, type Pictures } from '@tidemark/pictures';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Painted } from './painter.ts';

/** What drawing costs. */
export interface PictureMetrics {
  /** The same, with every call measured. */
  observe(pictures: Pictures): Pictures;
  /** What one look at a thumbnail came to. */
  painted(outcome: Painted): void;
  /** Read at every scrape. */
  watchWaiting(waiting: () => number): void;
}

export function createPictureMetrics(registry: Registry): PictureMetrics {
  const registers = [registry];
  const seconds = new Histogram({
    name: 'tidemark_picture_seconds',
    help: 'Time to draw a picture (svg, png, pdf) or to make a file ready (normalise), waiting for a thread included.',
    labelNames: ['work'],
    buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
    registers,
  });
  const failures = new Counter({
    name: 'tidemark_picture_failures_total',
    help: 'Pictures that could not be drawn, by code.',
    labelNames: ['code'],
    registers,
  });
  const thumbnails = new Counter({
    name: 'tidemark_thumbnails_total',
    help: 'Thumbnails by outcome: drawn, same (it looks as before), empty, or why it could not be drawn.',
    labelNames: ['outcome'],
    registers,
  });
  let waiting = () => 0;
  new Gauge({
    name: 'tidemark_pictures_waiting',
    help: 'Pictures that wait for a thread, and documents whose thumbnail waits to be drawn.',
    registers,
    collect() {
      this.set(waiting());
    },
  });

  async function timed<T>(work: string, call: () => Promise<T>): Promise<T> {
    const end = seconds.startTimer({ work });
    const made = await call();
    end();
    if (isFailure(made)) failures.inc({ code: made.failed });
    return made;
  }

  return {
    observe: (pictures) => ({
      normalise: (xml) => timed('normalise', () => pictures.normalise(xml)),
      draw: (xml, options) => timed(options.format, () => pictures.draw(xml, options)),
      stats: () => pictures.stats(),
      destroy: () => pictures.destroy(),
    }),
    painted: (outcome) => thumbnails.inc({ outcome }),
    watchWaiting(read) {
      waiting = read;
    },
  };
}
