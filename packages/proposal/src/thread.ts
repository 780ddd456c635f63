/** What runs in a worker thread. */
import { work } from '@tidemark/threads';
import type { Offer } from './offer.ts';
import { pdfOf } from './pdf.ts';
import type { Printed } from './press.ts';

work<Offer, Printed>(pdfOf);
