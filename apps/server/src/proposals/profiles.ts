import { createHash } from 'node:crypto';
import { type Database, inTenant, type TenantTransaction } from '@tidemark/database';
import type { LogoType } from '@tidemark/proposal';
import { type Refusal, refuse } from '@tidemark/protocol';
import { sql } from 'kysely';
import type { Reader } from '../company/reader.ts';

/** What a company says of itself on its papers; '' is "not said". */
export interface ProfileFields {
  readonly name: string;
  readonly address: string;
  readonly phone: string;
  readonly email: string;
  readonly website: string;
  readonly licence: string;
  /** Of an estimate that has none of its own. */
  readonly terms: string;
  /** `#rrggbb`, or ''. */
  readonly accent: string;
  /** A name of the time zone database. */
  readonly timeZone: string;
}

export interface Profile extends ProfileFields {
  /** Counts the changes of the fields; 0 before the first. */
  readonly revision: number;
  /** Names the bytes of the logo; null when there is none. */
  readonly logo: string | null;
}

export interface Logo {
  readonly type: LogoType;
  readonly bytes: Uint8Array;
  readonly etag: string;
}

/** One profile for each company, which everybody in it reads. */
export interface Profiles {
  find(reader: Reader): Promise<Profile>;
  /** `changed-meanwhile`: it is not at that revision any more. */
  write(reader: Reader, revision: number, fields: ProfileFields): Promise<Profile | Refusal>;
  logo(reader: Reader): Promise<Logo | null>;
  /** Null takes it away. The fields keep their revision: the logo is looked at, not merged. */
  setLogo(reader: Reader, logo: Pick<Logo, 'type' | 'bytes'> | null): Promise<Profile>;
}

const nothing: Profile = {
  name: '',
  address: '',
  phone: '',
  email: '',
  website: '',
  licence: '',
  terms: '',
  accent: '',
  timeZone: 'UTC',
  revision: 0,
  logo: null,
};

export function createProfiles({ app }: Pick<Database, 'app'>): Profiles {
  return {
    find: ({ tenant }) => inTenant(app, tenant, (tx) => read(tx, tenant.companyId)),

    write({ tenant }, revision, { timeZone, ...fields }) {
      const { companyId, userId } = tenant;
      const said = { ...fields, time_zone: timeZone, updated_by: userId, updated_at: sql<Date>`now()` };
      return inTenant(app, tenant, async (tx) => {
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto('company_profiles')
          .values({ company_id: companyId, ...said })
          .onConflict((conflict) =>
            conflict
              .column('company_id')
              .doUpdateSet({ ...said, revision: revision + 1 })
              .where('company_profiles.revision', '=', revision),
          )
          .executeTakeFirstOrThrow();
        return numInsertedOrUpdatedRows ? read(tx, companyId) : refuse('changed-meanwhile');
      });
    },

    logo: ({ tenant }) =>
      inTenant(app, tenant, async (tx) => {
        const row = await tx
          .selectFrom('company_profiles')
          .select(['logo', 'logo_type'])
          .where('company_id', '=', tenant.companyId)
          .executeTakeFirst();
        if (!row?.logo || row.logo_type === null) return null;
        return {
          type: row.logo_type,
          bytes: row.logo,
          etag: createHash('sha256').update(row.logo).digest('hex'),
        };
      }),

    setLogo({ tenant }, logo) {
      const said = { logo: logo?.bytes ?? null, logo_type: logo?.type ?? null };
      return inTenant(app, tenant, async (tx) => {
        await tx
          .insertInto('company_profiles')
          .values({ company_id: tenant.companyId, revision: 0, ...said })
          .onConflict((conflict) => conflict.column('company_id').doUpdateSet(said))
          .execute();
        return read(tx, tenant.companyId);
      });
    },
  };
}

async function read(tx: TenantTransaction, companyId: string): Promise<Profile> {
  const row = await tx
    .selectFrom('company_profiles')
    .select([
      'name',
      'address',
      'phone',
      'email',
      'website',
      'licence',
      'terms',
      'accent',
      'time_zone as timeZone',
      'revision',
      sql<string | null>`encode(sha256(logo), 'hex')`.as('logo'),
    ])
    .where('company_id', '=', companyId)
    .executeTakeFirst();
  return row ?? nothing;
}
