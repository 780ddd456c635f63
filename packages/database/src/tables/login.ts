import type { Generated } from 'kysely';

/** The login library's tables in the schema `auth`, with its names. */
export interface LoginTables {
  user: UserTable;
  session: SessionTable;
  account: AccountTable;
  verification: VerificationTable;
  rateLimit: RateLimitTable;
}

interface Stamped {
  createdAt: Generated<Date>;
  updatedAt: Generated<Date>;
}

export interface UserTable extends Stamped {
  id: string;
  name: string;
  email: string;
  emailVerified: Generated<boolean>;
  image: string | null;
}

interface SessionTable extends Stamped {
  id: string;
  expiresAt: Date;
  token: string;
  ipAddress: string | null;
  userAgent: string | null;
  userId: string;
}

interface AccountTable extends Stamped {
  id: string;
  accountId: string;
  providerId: string;
  userId: string;
  accessToken: string | null;
  refreshToken: string | null;
  idToken: string | null;
  accessTokenExpiresAt: Date | null;
  refreshTokenExpiresAt: Date | null;
  scope: string | null;
  password: string | null;
}

interface VerificationTable extends Stamped {
  id: string;
  identifier: string;
  value: string;
  expiresAt: Date;
}

interface RateLimitTable {
  id: string;
  key: string;
  count: number;
  lastRequest: number;
}
