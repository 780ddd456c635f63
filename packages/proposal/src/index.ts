export { type Failure, type FailureCode, failureCodes, isFailure } from './failure.ts';
export { inspectLogo, type LogoProblem, type LogoType, largestLogo } from './logo.ts';
export type { Letterhead, Offer, OfferLine, OfferSection, Tax } from './offer.ts';
export { type OfferInput, offerOf } from './offer-of.ts';
export { createProposals, type Proposals } from './proposals.ts';
