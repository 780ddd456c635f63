/**
 * What a customer is told, and nothing else: the thread that writes the PDF never has a cost, a rate or a risk that it could let out.
 * Money in ten-thousandths, quantities in millionths, rates in basis points, days as `2026-11-21`; '' is "not said".
 */

export interface Offer {
  readonly paper: 'letter' | 'a4';
  readonly company: Letterhead;
  /** What the paper calls itself, such as "Proposal". */
  readonly heading: string;
  readonly title: string;
  readonly number: string;
  /** Not submitted: said on every page. */
  readonly draft: boolean;
  readonly date: string;
  readonly validUntil: string;
  readonly preparedBy: string;
  readonly client: { readonly name: string; readonly address: string; readonly email: string };
  readonly site: string;
  readonly scope: string;
  readonly terms: string;
  readonly currency: string;
  /** Columns of lines besides what they are and their price. */
  readonly columns: { readonly quantity: boolean; readonly unitPrice: boolean };
  /** Their prices come to `price`. */
  readonly sections: readonly OfferSection[];
  /** To choose from; in no sum. */
  readonly options: readonly OfferLine[];
  readonly price: number;
  readonly tax: Tax;
}

/** `none` is charged, or `apart`: charged and not said how much; or it is on the paper. */
export type Tax =
  | { readonly is: 'none' }
  | { readonly is: 'apart' }
  | { readonly is: 'shown'; readonly rateBp: number; readonly amount: number; readonly total: number };

export interface OfferSection {
  readonly name: string;
  readonly price: number;
  /** Null when sections are all that is shown. Their prices come to the section's. */
  readonly lines: readonly OfferLine[] | null;
}

export interface OfferLine {
  readonly name: string;
  /** Null when it is not shown, like the price of one unit. */
  readonly quantity: number | null;
  readonly unit: string;
  readonly unitPrice: number | null;
  readonly price: number;
}

/** Who sends it. */
export interface Letterhead {
  readonly name: string;
  readonly address: string;
  readonly phone: string;
  readonly email: string;
  readonly website: string;
  readonly licence: string;
  /** `#rrggbb`, or '' for the house's own. */
  readonly accent: string;
  /** PNG or JPEG, as `inspectLogo` lets through. */
  readonly logo: Uint8Array | null;
}
