import type { Generated } from 'kysely';

/** What a company says of itself on the papers that it sends; '' is "not said". A company that has said nothing has no row. */
export interface CompanyProfilesTable {
  company_id: string;
  name: Generated<string>;
  address: Generated<string>;
  phone: Generated<string>;
  email: Generated<string>;
  website: Generated<string>;
  licence: Generated<string>;
  /** Of an estimate that has none of its own. */
  terms: Generated<string>;
  /** `#rrggbb` in small letters. */
  accent: Generated<string>;
  /** A name of the time zone database. */
  time_zone: Generated<string>;
  logo: Uint8Array | null;
  logo_type: 'image/png' | 'image/jpeg' | null;
  /** Counts its changes from 1. */
  revision: Generated<number>;
  updated_at: Generated<Date>;
  updated_by: string | null;
}
