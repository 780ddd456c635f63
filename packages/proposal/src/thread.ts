/** What runs in a worker thread: one offer at a time. */
import { parentPort } from 'node:worker_threads';
import { fail } from './failure.ts';
import type { Offer } from './offer.ts';
import { pdfOf } from './pdf.ts';
import type { Printed } from './press.ts';

async function perform(offer: Offer): Promise<Printed> {
  try {
    return await pdfOf(offer);
  } catch (fault) {
    return fail('broken', fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
  }
}

parentPort?.on('message', async (offer: Offer) => {
  parentPort?.postMessage(await perform(offer));
});
