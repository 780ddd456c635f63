import { createHash } from 'node:crypto';
import { type Failure, isFailure, type Offer, offerOf, type Proposals } from '@tidemark/proposal';
import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import type { Clock, Log } from '@tidemark/sync';
import type { Exporter } from '../documents/export-routes.ts';
import type { EstimateSource } from '../estimates/estimate-source.ts';
import type { Profiles } from './profiles.ts';

/** Changes when the same offer is written in another way. */
const edition = 1;

interface Desk {
  readonly source: EstimateSource;
  readonly profiles: Pick<Profiles, 'find' | 'logo'>;
  readonly proposals: Pick<Proposals, 'make'>;
  readonly journal: Log;
  readonly clock: Pick<Clock, 'now'>;
}

/** An estimate, as it is or as it was frozen, as the PDF that its customer gets. How it looks is said in the estimate itself. */
export function proposalExporter({ source, profiles, proposals, journal, clock }: Desk): Exporter {
  return async ({ id }, { version }, caller) => {
    const estimate = await source(caller, id, version);
    if (isRefusal(estimate)) return estimate;
    const [{ name, ...profile }, logo] = await Promise.all([profiles.find(caller), profiles.logo(caller)]);
    const company = { ...profile, name: name === '' ? caller.companyName : name, logo: logo?.bytes ?? null };
    const offer = offerOf({ ...estimate, company, now: new Date(clock.now()).toISOString() });
    if (isFailure(offer)) return refuse('cannot-draw', offer.detail);
    return {
      etag: etagOf(offer),
      type: 'application/pdf',
      extension: 'pdf',
      async make() {
        const made = await proposals.make(offer);
        if (!isFailure(made)) return made;
        const refusal = refusalOf(made);
        if (refusal.refused === 'internal') journal.error('proposal-failed', { documentId: id, ...made });
        return refusal;
      },
    };
  };
}

function etagOf({ company: { logo, ...company }, ...offer }: Offer): string {
  const hash = createHash('sha256').update(JSON.stringify([edition, offer, company]));
  return hash.update(logo ?? '').digest('hex');
}

function refusalOf({ failed, detail }: Failure): Refusal {
  switch (failed) {
    case 'no-price':
    case 'too-large':
    case 'too-slow':
    case 'out-of-memory':
      return refuse('cannot-draw', detail);
    case 'busy':
      return refuse('too-many-requests', detail);
    case 'closed':
      return refuse('restarting');
    case 'broken':
      return refuse('internal');
  }
}
